namespace CrossAudit.Client;

/// <summary>The bytes of a version, as they come. Disposing it ends the transfer.</summary>
public sealed class Download : IAsyncDisposable, IDisposable
{
    private readonly HttpResponseMessage _answer;

    private Download(HttpResponseMessage answer, Stream content) => (_answer, Content) = (answer, content);

    /// <summary>The bytes; read once, from first to last.</summary>
    public Stream Content { get; }

    /// <summary>How many bytes there are.</summary>
    public long? Length => _answer.Content.Headers.ContentLength;

    /// <summary>The file's name as it was uploaded.</summary>
    public string? Filename => _answer.Content.Headers.ContentDisposition is { } sent ? sent.FileNameStar ?? sent.FileName?.Trim('"') : null;

    /// <summary>The media type, found from the content.</summary>
    public string? MimeType => _answer.Content.Headers.ContentType?.MediaType;

    /// <summary>The tag of the bytes: their SHA-256 in hex, in quotes.</summary>
    public string? ETag => _answer.Headers.ETag?.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _answer.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _answer.Dispose();
    }

    internal static async Task<Download> OpenAsync(HttpResponseMessage answer, CancellationToken stop) => new(answer, await answer.Content.ReadAsStreamAsync(stop));
}
