namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A whole file as text.</summary>
internal static class TextFile
{
    /// <summary>No text within the limits on characters comes from more bytes than this.</summary>
    private const int MaxBytes = 128 * 1024 * 1024;

    public static byte[] ReadBytes(string path) =>
        new FileInfo(path).Length <= MaxBytes
            ? File.ReadAllBytes(path)
            : throw new UnreadableContentException($"The file is larger than {MaxBytes / 1024 / 1024} MB, too large for a text.");

    public static (string Text, TextEncoding Encoding) Read(string path)
    {
        var bytes = ReadBytes(path);
        if (bytes.Length == 0)
            throw UnsupportedContentException.NoText();

        return TextEncoding.Detect(bytes, isWhole: true) is { } encoding
            ? (encoding.Decode(bytes), encoding)
            : throw UnreadableContentException.Damaged("it holds bytes that are no text.");
    }
}
