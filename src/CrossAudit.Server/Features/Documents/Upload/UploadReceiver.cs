using System.Buffers;
using System.Security.Cryptography;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Configuration;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CrossAudit.Server.Features.Documents.Upload;

/// <summary>
/// Receives a multipart upload part by part: the file goes to the work folder and through SHA-256 as it comes, so an upload of any size costs
/// the same memory.
/// </summary>
internal sealed class UploadReceiver(Settings settings, WorkFolder work)
{
    private const int BufferSize = 128 * 1024;
    private const int MostFields = 64;
    private const int LongestField = 16 * 1024;

    public async Task<ReceiveOutcome> ReceiveAsync(HttpRequest request, CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 200 } boundary)
            return new ReceiveOutcome.NotMultipart();

        var path = work.NewPath("upload");
        var kept = false;
        try
        {
            var outcome = await ReadFormAsync(new MultipartReader(boundary.ToString(), request.Body), path, stop);
            kept = outcome is ReceiveOutcome.Received;
            return outcome;
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return new ReceiveOutcome.Malformed();
        }
        finally
        {
            if (!kept)
                File.Delete(path);
        }
    }

    private async Task<ReceiveOutcome> ReadFormAsync(MultipartReader form, string path, CancellationToken stop)
    {
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        (string Filename, long Size, string Sha256)? file = null;
        for (var parts = 0; await form.ReadNextSectionAsync(stop) is { } section; parts++)
        {
            if (parts > MostFields || section.GetContentDispositionHeader() is not { } disposition)
                return new ReceiveOutcome.Malformed();
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (disposition.IsFileDisposition() && name == "file" && file is null)
            {
                var (size, hash) = await SaveAsync(section.Body, path, stop);
                if (size > settings.MaxFileSize)
                    return new ReceiveOutcome.TooLarge();
                file = (FilenameOf(disposition), size, hash);
            }
            else
            {
                fields[name] = StringValues.Concat(fields.GetValueOrDefault(name), await ReadFieldAsync(section.Body, stop));
            }
        }
        return file switch
        {
            null => new ReceiveOutcome.NoFile(),
            { Size: 0 } => new ReceiveOutcome.Empty(),
            var (filename, size, sha256) => new ReceiveOutcome.Received(new ReceivedFile(path, filename, size, sha256, fields)),
        };
    }

    /// <summary>Stops one byte past the limit: what is longer is refused anyway.</summary>
    private async Task<(long Size, string Sha256)> SaveAsync(Stream body, string path, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = WorkFile.Create(path);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long size = 0;
            int read;
            while (size <= settings.MaxFileSize && (read = await body.ReadAtLeastAsync(buffer.AsMemory(0, BufferSize), BufferSize, throwOnEndOfStream: false, stop)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), stop);
                size += read;
            }
            return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken stop)
    {
        var buffer = new byte[LongestField + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return read <= LongestField ? System.Text.Encoding.UTF8.GetString(buffer, 0, read) : throw new InvalidDataException("A form field is too long.");
    }

    // The name alone, without folders that some browsers send, and without what no file system or header would bear.
    private static string FilenameOf(ContentDispositionHeaderValue disposition)
    {
        const int Longest = 255;
        // An escaped quote is a quote; any other backslash parts folders, as some browsers send them unescaped.
        var sent = disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value?.Replace("\\\"", "\"", StringComparison.Ordinal) ?? "";
        var name = new string([.. sent.Split('/', '\\')[^1].Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim();
        if (name.Trim('.').Length == 0)
            return "file";
        return name.Length > Longest ? name[^Longest..] : name;
    }
}
