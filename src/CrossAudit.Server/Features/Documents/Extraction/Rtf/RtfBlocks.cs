using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>Writes paragraphs with the kind that their properties give them, and gathers the rows of a table.</summary>
internal sealed class RtfBlocks(RtfStyles styles, FragmentWriter fragments)
{
    private readonly List<List<string>> _rows = [];
    private List<string> _cells = [];
    private string _cell = "";
    private int _style;
    private int? _outline;
    private bool _isItem;
    private bool _inTable;

    /// <summary>Reads a control word that gives a paragraph its properties.</summary>
    public void Read(string word, int? number)
    {
        switch (word)
        {
            case "pard":
                (_style, _outline, _isItem, _inTable) = (0, null, false, false);
                break;
            case "s":
                _style = number ?? 0;
                break;
            case "outlinelevel":
                _outline = number;
                break;
            case "ls" or "pnlvlbody" or "pnlvlblt" or "listtext" or "pntext":
                _isItem = word != "ls" || number > 0;
                break;
            case "intbl":
                _inTable = true;
                break;
        }
    }

    public void EndParagraph(string text)
    {
        if (_inTable)
            _cell = $"{_cell} {text}";
        else
            Write(text);
    }

    /// <summary>A footnote, which stands amid another paragraph and has nothing of its properties.</summary>
    public void AddNote(string text) => fragments.Add(FragmentType.Paragraph, text);

    public void EndCell(string text)
    {
        _cells.Add($"{_cell} {text}");
        _cell = "";
    }

    public void EndRow()
    {
        if (_cells.Count > 0)
            _rows.Add(_cells);
        _cells = [];
    }

    /// <summary>Writes what is left at the end, also of a table that was cut off.</summary>
    public void End(string text)
    {
        if (_inTable)
            EndCell(text);
        EndRow();
        Write(_inTable ? "" : text);
    }

    private void Write(string text)
    {
        EndRow();
        if (_rows.Count > 0)
            fragments.Add(FragmentType.Table, TableText.Of(_rows));
        _rows.Clear();

        var level = _outline is >= 0 and < 9 ? _outline + 1 : _outline is null ? styles.HeadingLevel(_style) : null;
        if (level is not null)
            fragments.AddHeading(level.Value, text);
        else
            fragments.Add(_isItem ? FragmentType.List : FragmentType.Paragraph, text);
    }
}
