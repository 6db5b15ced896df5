using System.Buffers.Binary;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Tells Office documents from other ZIP files by the names in the archive's directory; nothing is unpacked.</summary>
internal static class ZipDirectory
{
    /// <summary>The end record is 22 bytes and may be followed by a comment of up to 64 KB.</summary>
    private const int TailBytes = 22 + ushort.MaxValue;

    /// <summary>How much of the directory is read, in bytes: some thousand names.</summary>
    private const int DirectoryBytes = 256 * 1024;

    private const int EntryHeaderBytes = 46;

    public static async Task<string> DetectAsync(FileStream file, ReadOnlyMemory<byte> prefix, CancellationToken stop)
    {
        var tail = await ReadAsync(file, Math.Max(0, file.Length - TailBytes), TailBytes, stop);
        var end = tail.Span.LastIndexOf("PK\x05\x06"u8);

        // A truncated archive has lost its directory. Naming what it was lets the parser say that it is damaged.
        if (end < 0 || end + 22 > tail.Length)
            return OfPrefix(prefix.Span);

        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.Span[(end + 12)..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.Span[(end + 16)..]);
        if (offset >= file.Length)
            return ContentTypes.Zip;

        var directory = await ReadAsync(file, offset, (int)Math.Min(size, DirectoryBytes), stop);
        return OfNames(directory.Span);
    }

    private static string OfNames(ReadOnlySpan<byte> directory)
    {
        while (directory.Length >= EntryHeaderBytes && directory.StartsWith("PK\x01\x02"u8))
        {
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
            var commentLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            var length = EntryHeaderBytes + nameLength + extraLength + commentLength;
            if (length > directory.Length)
                break;

            var name = directory.Slice(EntryHeaderBytes, nameLength);
            if (name.StartsWith("word/"u8))
                return ContentTypes.Docx;
            if (name.StartsWith("xl/"u8))
                return ContentTypes.Xlsx;
            if (name.StartsWith("ppt/"u8))
                return ContentTypes.Pptx;

            directory = directory[length..];
        }

        return ContentTypes.Zip;
    }

    private static string OfPrefix(ReadOnlySpan<byte> prefix) =>
        prefix.IndexOf("word/"u8) >= 0 ? ContentTypes.Docx
        : prefix.IndexOf("xl/workbook"u8) >= 0 ? ContentTypes.Xlsx
        : prefix.IndexOf("ppt/"u8) >= 0 ? ContentTypes.Pptx
        : ContentTypes.Zip;

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(FileStream file, long offset, int count, CancellationToken stop)
    {
        var buffer = new byte[count];
        file.Position = offset;
        var read = await file.ReadAtLeastAsync(buffer, count, throwOnEndOfStream: false, stop);
        return buffer.AsMemory(0, read);
    }
}
