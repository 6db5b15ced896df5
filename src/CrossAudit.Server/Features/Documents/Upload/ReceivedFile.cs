using Microsoft.Extensions.Primitives;

namespace CrossAudit.Server.Features.Documents.Upload;

/// <summary>A file that has arrived, in the work folder, with the form fields that came along. Disposing it removes what was not taken over.</summary>
internal sealed record ReceivedFile(string Path, string Filename, long Size, string Sha256, IReadOnlyDictionary<string, StringValues> Fields) : IDisposable
{
    public string? Field(string name) => Fields.TryGetValue(name, out var values) && values is [{ Length: > 0 } value, ..] ? value : null;

    public void Dispose() => File.Delete(Path);
}

/// <summary>How receiving an upload ended.</summary>
internal abstract record ReceiveOutcome
{
    public sealed record Received(ReceivedFile File) : ReceiveOutcome;

    /// <summary>The body is no multipart form.</summary>
    public sealed record NotMultipart : ReceiveOutcome;

    /// <summary>The form is cut off, or has too many or too long fields.</summary>
    public sealed record Malformed : ReceiveOutcome;

    /// <summary>The form has no part named <c>file</c>.</summary>
    public sealed record NoFile : ReceiveOutcome;

    public sealed record Empty : ReceiveOutcome;

    public sealed record TooLarge : ReceiveOutcome;
}
