using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A table of a text document while it is read. Its cells hold paragraphs.</summary>
/// <param name="depth">How many paragraphs are open around it: a text box in one of its cells is deeper and no part of it.</param>
internal sealed class BlockTable(int depth)
{
    private readonly List<List<List<string>>> _rows = [];

    public string Text => TableText.Of(_rows.Select(row => row.Select(cell => string.Join(' ', cell))));

    public void BeginRow() => _rows.Add([]);

    public void BeginCell()
    {
        if (_rows.Count > 0)
            _rows[^1].Add([]);
    }

    public bool Owns(int openParagraphs) => openParagraphs == depth && _rows is [.., [.., _]];

    public void AddParagraph(string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            _rows[^1][^1].Add(text);
    }

    /// <summary>A single column frames text; it has nothing to tabulate.</summary>
    public void Write(FragmentWriter fragments)
    {
        if (_rows.Exists(row => row.Count > 1))
        {
            fragments.Add(FragmentType.Table, Text);
            return;
        }

        foreach (var paragraph in _rows.SelectMany(row => row).SelectMany(cell => cell))
            fragments.Add(FragmentType.Paragraph, paragraph);
    }
}
