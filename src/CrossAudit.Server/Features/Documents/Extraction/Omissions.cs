namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>What of a file is not among its fragments, and why: told to people, so that they do not take a part for the whole.</summary>
internal sealed class Omissions
{
    /// <summary>The longest text that is told, in characters.</summary>
    private const int MaxLength = 400;

    /// <summary>The most of a name that is told, in characters.</summary>
    private const int MaxName = 80;

    private readonly List<string> _told = [];
    private int _length;

    public int Count { get; private set; }

    /// <summary>Whether nothing of it is damaged, locked or beyond a limit: it only holds no text.</summary>
    public bool AreSound { get; private set; } = true;

    /// <param name="path">The names of the files that it stands in, from the outermost, then its own.</param>
    /// <param name="why">A phrase such as "a PNG image".</param>
    /// <param name="isSound">Whether it is as it should be, but no text.</param>
    public void Add(IEnumerable<string> path, string why, bool isSound)
    {
        Count++;
        AreSound &= isSound;
        var entry = $"{string.Join(" in ", path.Reverse().Select(Shorten))} ({why.TrimEnd('.')})";
        if (_length + entry.Length > MaxLength)
            return;
        _told.Add(entry);
        _length += entry.Length + 2;
    }

    /// <summary>A sentence; null if nothing was left out.</summary>
    public override string? ToString() => Count == 0
        ? null
        : $"Not read: {string.Join("; ", _told)}{(_told.Count < Count ? $" and {Count - _told.Count:N0} more" : "")}.";

    private static string Shorten(string name)
    {
        if (name.Length <= MaxName)
            return name;
        return name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)] + "…";
    }
}
