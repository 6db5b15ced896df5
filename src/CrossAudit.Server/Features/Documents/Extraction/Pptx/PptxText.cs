using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction.Pptx;

/// <summary>PPTX: a page for each slide in the order of the show, also the hidden ones; its title, text, tables and diagrams, then the speaker's notes.</summary>
internal static class PptxText
{
    public static void Extract(string path, FragmentWriter fragments)
    {
        using var document = Open(path);
        if (document.PresentationPart is not { } presentation)
            throw UnreadableContentException.Damaged("it holds no presentation.");

        var budget = new ReadBudget();
        var number = 0;
        foreach (var id in SlideIds(presentation, budget))
        {
            fragments.Page = ++number;
            fragments.LeaveHeadings();
            if (presentation.TryGetPartById(id, out var part) && part is SlidePart slide)
                Write(slide, budget, fragments);
        }
    }

    private static void Write(SlidePart slide, ReadBudget budget, FragmentWriter fragments)
    {
        WritePart(slide, isNotes: false, budget, fragments);
        foreach (var diagram in slide.DiagramDataParts)
            WritePart(diagram, isNotes: false, budget, fragments);
        if (slide.NotesSlidePart is { } notes)
            WritePart(notes, isNotes: true, budget, fragments);
    }

    private static void WritePart(OpenXmlPart part, bool isNotes, ReadBudget budget, FragmentWriter fragments)
    {
        using var xml = PackageXml.Open(part, budget);
        new SlideBlocks(xml, isNotes).Write(fragments);
    }

    private static List<string> SlideIds(PresentationPart presentation, ReadBudget budget)
    {
        var ids = new List<string>();
        using var xml = PackageXml.Open(presentation, budget);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sldId" && PackageXml.RelationshipId(xml) is { } id)
                ids.Add(id);
        }

        return ids;
    }

    private static PresentationDocument Open(string path)
    {
        try
        {
            return PresentationDocument.Open(path, isEditable: false);
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException)
        {
            throw UnreadableContentException.Damaged("it is no complete PowerPoint presentation.", e);
        }
    }
}
