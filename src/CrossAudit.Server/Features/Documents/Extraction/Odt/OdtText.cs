using System.IO.Compression;

namespace CrossAudit.Server.Features.Documents.Extraction.Odt;

/// <summary>ODT: headings, paragraphs, lists, tables, text boxes and notes. Comments and what was deleted are left out.</summary>
internal static class OdtText
{
    public static void Extract(string path, FragmentWriter fragments)
    {
        using var package = Open(path);
        var budget = new ReadBudget();
        if (IsEncrypted(package, budget))
            throw UnreadableContentException.Locked();

        var content = package.GetEntry("content.xml") ?? throw UnreadableContentException.Damaged("it holds no content.");
        using var xml = PackageXml.Open(content.Open(), budget);
        new OdtBlocks(xml, fragments).Write();
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException e)
        {
            throw UnreadableContentException.Damaged("it is no complete OpenDocument text.", e);
        }
    }

    /// <summary>The package is an ordinary archive whose members are encrypted; the manifest says so.</summary>
    private static bool IsEncrypted(ZipArchive package, ReadBudget budget)
    {
        if (package.GetEntry("META-INF/manifest.xml") is not { } manifest)
            return false;
        using var xml = PackageXml.Open(manifest.Open(), budget);
        return xml.ReadToFollowing("encryption-data", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0");
    }
}
