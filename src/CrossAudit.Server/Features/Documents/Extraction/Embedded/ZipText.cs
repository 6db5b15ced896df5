using System.IO.Compression;

namespace CrossAudit.Server.Features.Documents.Extraction.Embedded;

/// <summary>ZIP: each member that can be read as a section of its own, in the archive's order.</summary>
internal static class ZipText
{
    public static void Extract(string path, EmbeddedFiles embedded, FragmentWriter fragments)
    {
        using var archive = Open(path);
        foreach (var member in archive.Entries)
        {
            var name = MemberName.Decode(member.FullName);
            if (MemberName.IsNoDocument(name))
                continue;
            if (MemberName.LeavesTheArchive(name))
                fragments.Omit(name, "its name leads out of the archive", isSound: false);
            else if (member.IsEncrypted)
                fragments.Omit(name, "protected by a password", isSound: false);
            else
                embedded.Read(name, member.Open, member.CompressedLength);
        }
    }

    /// <summary>Names are read byte by byte; <see cref="MemberName"/> makes sense of them.</summary>
    private static ZipArchive Open(string path)
    {
        var file = File.OpenRead(path);
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false, System.Text.Encoding.Latin1);
        }
        catch (InvalidDataException e)
        {
            file.Dispose();
            throw UnreadableContentException.Damaged("it is no complete ZIP archive.", e);
        }
    }
}
