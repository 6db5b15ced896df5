using System.Buffers.Binary;
using System.Text;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Tells documents that are packages from other ZIP files, by the names in the archive's directory; nothing is unpacked.</summary>
internal static class ZipDirectory
{
    /// <summary>The end record is 22 bytes and may be followed by a comment of up to 64 KB.</summary>
    private const int TailBytes = 22 + ushort.MaxValue;

    /// <summary>How much of the directory is read, in bytes: some thousand names.</summary>
    private const int DirectoryBytes = 256 * 1024;

    private const int EntryHeaderBytes = 46;

    /// <summary>No media type is longer than this.</summary>
    private const uint MaxMimetype = 128;

    public static async Task<string> DetectAsync(FileStream file, ReadOnlyMemory<byte> prefix, CancellationToken stop)
    {
        if (OfMimetype(prefix.Span) is { } stated)
            return stated;

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

    /// <summary>A folder named "word" alone makes no Word document.</summary>
    private static string OfNames(ReadOnlySpan<byte> directory)
    {
        var isPackage = false;
        string? type = null;
        while (directory.Length >= EntryHeaderBytes && directory.StartsWith("PK\x01\x02"u8))
        {
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
            var commentLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            var length = EntryHeaderBytes + nameLength + extraLength + commentLength;
            if (length > directory.Length)
                break;

            var name = directory.Slice(EntryHeaderBytes, nameLength);
            isPackage |= name.SequenceEqual("[Content_Types].xml"u8);
            type ??= name.StartsWith("word/"u8) ? ContentTypes.Docx
                : name.StartsWith("xl/"u8) ? ContentTypes.Xlsx
                : name.StartsWith("ppt/"u8) ? ContentTypes.Pptx
                : null;

            directory = directory[length..];
        }

        return isPackage && type is not null ? type : ContentTypes.Zip;
    }

    /// <summary>OpenDocument and EPUB begin with a member named "mimetype" that holds the type, unpacked, so that it can be read without unzipping.</summary>
    private static string? OfMimetype(ReadOnlySpan<byte> prefix)
    {
        const int NameAt = 30;
        if (prefix.Length < NameAt || !prefix[NameAt..].StartsWith("mimetype"u8))
            return null;

        var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(prefix[18..]), MaxMimetype);
        var start = NameAt + "mimetype".Length + BinaryPrimitives.ReadUInt16LittleEndian(prefix[28..]);
        var type = Encoding.ASCII.GetString(prefix[Math.Min(start, prefix.Length)..][..Math.Min(size, Math.Max(0, prefix.Length - start))]).Trim();
        return type is ContentTypes.Odt or ContentTypes.Ods or ContentTypes.Odp or ContentTypes.Epub ? type : null;
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
