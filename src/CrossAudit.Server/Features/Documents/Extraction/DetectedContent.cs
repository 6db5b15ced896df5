namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>What a file holds, judged by its bytes.</summary>
/// <param name="MimeType">One of <see cref="ContentTypes"/>.</param>
/// <param name="Description">The type with its article, for messages: "a PNG image".</param>
internal sealed record DetectedContent(string MimeType, string Description)
{
    /// <summary>Whether text can be extracted from it.</summary>
    public bool IsSupported => ContentTypes.IsSupported(MimeType);

    public static DetectedContent Of(string mimeType) => new(mimeType, ContentTypes.Describe(mimeType));
}
