using System.Net.Http.Headers;
using System.Text;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Uploads as no typed client would send them.</summary>
internal static class Uploads
{
    public const string Route = "api/documents/upload";

    /// <summary>A form whose only part has this <c>Content-Disposition</c>, byte for byte.</summary>
    public static ByteArrayContent Form(string disposition, byte[] content)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes($"--border\r\nContent-Disposition: {disposition}\r\n\r\n"), .. content, .. "\r\n--border--\r\n"u8];
        return new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=border") } };
    }

    public static ByteArrayContent File(string filename, byte[] content) => Form($"form-data; name=\"file\"; filename=\"{filename}\"", content);

    public static async Task<UploadView> UploadAsync(this Person person, string filename, byte[] content, CancellationToken stop)
    {
        using var stream = new MemoryStream(content);
        return await person.Client.Documents.UploadAsync(stream, filename, new CrossAudit.Client.UploadFields { SensitivityLevel = SensitivityLevel.Internal }, stop);
    }

    public static async Task<UploadView> UploadVersionAsync(this Person person, Guid document, string text, CancellationToken stop)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await person.Client.Documents.UploadVersionAsync(document, stream, "text.txt", $"Says {text.Length}", stop);
    }
}
