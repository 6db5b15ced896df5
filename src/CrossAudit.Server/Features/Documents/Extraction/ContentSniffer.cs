namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Decides a file's type from its content. A name can lie, so the extension only tells kinds of text apart, and only
/// once the bytes are proven to be text.
/// </summary>
/// <remarks>Runs in the server itself, so it parses nothing: it compares a bounded prefix and a ZIP's list of names.</remarks>
internal static class ContentSniffer
{
    /// <summary>How much of the file is looked at, in bytes.</summary>
    private const int PrefixBytes = 64 * 1024;

    /// <summary>Readers accept a PDF whose header comes after this many bytes of other matter.</summary>
    private const int PdfHeaderBytes = 1024;

    public static async Task<DetectedContent> DetectAsync(string path, string? filename, CancellationToken stop)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = new byte[PrefixBytes];
        var read = await file.ReadAtLeastAsync(buffer, PrefixBytes, throwOnEndOfStream: false, stop);
        var prefix = buffer.AsMemory(0, read);

        if (IsZip(prefix.Span))
            return DetectedContent.Of(await ZipDirectory.DetectAsync(file, prefix, stop));
        if (BySignature(prefix.Span) is { } known)
            return known;
        if (TextEncoding.Detect(prefix.Span, isWhole: read < PrefixBytes) is { } encoding)
            return DetectedContent.Of(TextKind.Of(encoding.Decode(prefix.Span), Path.GetExtension(filename)));
        return DetectedContent.Of(HoldsPdfHeader(prefix.Span) ? ContentTypes.Pdf : ContentTypes.OctetStream);
    }

    private static bool IsZip(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8);

    private static DetectedContent? BySignature(ReadOnlySpan<byte> bytes) => bytes switch
    {
        _ when bytes.StartsWith("%PDF-"u8) => DetectedContent.Of(ContentTypes.Pdf),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => DetectedContent.Of(ContentTypes.Png),
        [0xFF, 0xD8, 0xFF, ..] => DetectedContent.Of(ContentTypes.Jpeg),
        _ when bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) => DetectedContent.Of(ContentTypes.Gif),
        [0x1F, 0x8B, 0x08, ..] => DetectedContent.Of(ContentTypes.Gzip),
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => DetectedContent.Of(ContentTypes.Executable),
        [(byte)'M', (byte)'Z', ..] when bytes.Contains((byte)0) => DetectedContent.Of(ContentTypes.Executable),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => OleCompound(bytes),
        _ when bytes.StartsWith("{\\rtf"u8) => DetectedContent.Of(ContentTypes.Rtf),
        _ => null,
    };

    /// <summary>An encrypted Office file is an OLE container with a stream of this name; legacy Office has none.</summary>
    private static DetectedContent OleCompound(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8) >= 0
            ? new(ContentTypes.OleCompound, "an Office file protected by a password")
            : DetectedContent.Of(ContentTypes.OleCompound);

    private static bool HoldsPdfHeader(ReadOnlySpan<byte> bytes) =>
        bytes[..Math.Min(bytes.Length, PdfHeaderBytes)].IndexOf("%PDF-"u8) >= 0;
}
