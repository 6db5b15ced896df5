using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data.FullText;

namespace CrossAudit.Server.Features.Documents.Search;

/// <summary>Turns marks in a text into offsets of the text without them.</summary>
internal static class Highlights
{
    public static IReadOnlyList<Highlight> Read(string? marked)
    {
        var found = new List<Highlight>();
        var (position, start) = (0, 0);
        foreach (var c in marked ?? "")
        {
            if (c == Marks.Start)
                start = position;
            else if (c == Marks.End)
                found.Add(new Highlight { Start = start, End = position });
            else
                position++;
        }
        return found;
    }
}
