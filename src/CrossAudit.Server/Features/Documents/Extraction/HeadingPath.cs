namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The headings above the place that a document is read at.</summary>
internal sealed class HeadingPath
{
    /// <summary>The most of a heading that goes into a path, in characters.</summary>
    private const int MaxPart = 120;

    private const int MaxDepth = 6;

    /// <summary>Above every level that a document gives: a file within the file.</summary>
    private const int FileLevel = int.MinValue;

    private List<Heading> _headings = [];

    /// <summary>The headings from the outermost, joined with " > "; null if there is none.</summary>
    public string? Text { get; private set; }

    /// <summary>Leaves the headings that one of this level ends.</summary>
    public void Leave(int level)
    {
        while (_headings is [.., { Level: var last }] && last >= level && last != FileLevel)
            _headings.RemoveAt(_headings.Count - 1);
        Text = Join(_headings);
    }

    public void Enter(int level, string text)
    {
        _headings.Add(new Heading(level, text) { IsWritten = true });
        Text = Join(_headings);
    }

    /// <summary>Begins a file within the file. Its name becomes a heading once something is written below it.</summary>
    /// <returns>What was above before, for <see cref="LeaveFile"/>.</returns>
    public IReadOnlyList<Heading> EnterFile(string name)
    {
        var outer = _headings;
        _headings = [.. outer, new Heading(FileLevel, name)];
        Text = Join(_headings);
        return outer;
    }

    public void LeaveFile(IReadOnlyList<Heading> outer)
    {
        _headings = [.. outer];
        Text = Join(_headings);
    }

    /// <summary>The files' names that are due as headings, each with its path.</summary>
    public IEnumerable<(string? Path, string Name)> Due()
    {
        for (var i = 0; i < _headings.Count; i++)
        {
            if (_headings[i].IsWritten)
                continue;
            _headings[i].IsWritten = true;
            yield return (Join(_headings.Take(i)), _headings[i].Text);
        }
    }

    /// <summary>The names of the files that this place is in, from the outermost.</summary>
    public IEnumerable<string> Files => _headings.Where(h => h.Level == FileLevel).Select(h => h.Text);

    private static string? Join(IEnumerable<Heading> headings) =>
        string.Join(" > ", headings.TakeLast(MaxDepth).Select(h => Shorten(h.Text))) is { Length: > 0 } path ? path : null;

    private static string Shorten(string heading)
    {
        if (heading.Length <= MaxPart)
            return heading;
        var end = char.IsHighSurrogate(heading[MaxPart - 1]) ? MaxPart - 1 : MaxPart;
        return heading[..end] + "…";
    }

    internal sealed record Heading(int Level, string Text)
    {
        public bool IsWritten { get; set; }
    }
}
