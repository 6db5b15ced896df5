using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction.Pptx;

/// <summary>A shape with text while it is read.</summary>
internal sealed class SlideShape
{
    /// <summary>Which of the layout's places it fills; null for a shape that the author drew.</summary>
    public string? Placeholder { get; set; }

    public List<SlideParagraph> Paragraphs { get; } = [];

    /// <summary>A title is one heading, also if it takes several lines.</summary>
    public IEnumerable<(FragmentType Kind, string Text)> Blocks(bool isNotes)
    {
        if (isNotes ? Placeholder != "body" : Placeholder is "sldNum" or "sldImg")
            return [];
        if (!isNotes && Placeholder is "title" or "ctrTitle")
            return [(FragmentType.Heading, string.Join(' ', Paragraphs.Select(p => p.Text)))];
        return Paragraphs.Select(p => (!isNotes && IsItem(p) ? FragmentType.List : FragmentType.Paragraph, p.Text));
    }

    /// <summary>In the layout's place for content, lines have bullets unless they say otherwise; a single line is a sentence.</summary>
    private bool IsItem(SlideParagraph paragraph) => paragraph.HasBullet ?? (Placeholder is "body" or "obj" && Paragraphs.Count > 1);
}
