using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CrossAudit.Client;

/// <summary>A file and its fields as a form. The fields come first, so that a server knows what is coming.</summary>
internal static class UploadForm
{
    public static Call Post(string path, Stream content, string filename, IEnumerable<(string Name, string? Value)> fields)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(filename);
        var start = content.CanSeek ? content.Position : 0;
        return new Call(HttpMethod.Post, path)
        {
            CanRepeat = content.CanSeek,
            Body = () =>
            {
                if (content.CanSeek)
                    content.Position = start;
                return Form(content, filename, fields);
            },
        };
    }

    private static MultipartFormDataContent Form(Stream content, string filename, IEnumerable<(string Name, string? Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            if (value is not null)
                form.Add(new StringContent(value, Encoding.UTF8), name);
        form.Add(new FilePart(content)
        {
            // filename* holds any name (RFC 8187); filename is for whoever does not know it.
            Headers = { ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = $"\"{Plain(filename)}\"", FileNameStar = filename } },
        });
        return form;
    }

    private static string Plain(string filename) => string.Concat(filename.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '_'));

    /// <summary>The file's bytes. Unlike <see cref="StreamContent"/> it leaves the stream open: it is the caller's, and may be sent again.</summary>
    private sealed class FilePart(Stream content) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => content.CopyToAsync(stream);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            content.CopyToAsync(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = content.CanSeek ? content.Length - content.Position : 0;
            return content.CanSeek;
        }
    }
}
