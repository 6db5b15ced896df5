namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A table while it is read.</summary>
/// <param name="depth">How many paragraphs are open around it: a text box in one of its cells is deeper and no part of it.</param>
internal sealed class DocxTable(int depth)
{
    private readonly List<List<List<string>>> _rows = [];

    /// <summary>A single column frames text; it has nothing to tabulate.</summary>
    public bool IsFrame => _rows.All(row => row.Count <= 1);

    public IEnumerable<string> Paragraphs => _rows.SelectMany(row => row).SelectMany(cell => cell);

    /// <summary>Cells separated by tabs, rows by line breaks.</summary>
    public string Text => string.Join('\n', _rows
        .Select(row => string.Join('\t', row.Select(cell => WhiteSpace.Collapse(string.Join(' ', cell)))))
        .Where(row => !string.IsNullOrWhiteSpace(row)));

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
}
