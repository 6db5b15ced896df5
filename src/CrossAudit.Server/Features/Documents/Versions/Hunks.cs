using CrossAudit.Contracts.Documents;
using DiffPlex;
using DiffPlex.Model;

namespace CrossAudit.Server.Features.Documents.Versions;

/// <summary>The places in which two texts differ, each with the lines around it.</summary>
internal static class Hunks
{
    public const string Unchanged = "unchanged";
    public const string Deleted = "deleted";
    public const string Added = "added";

    private const int Context = 3;

    public static List<HunkView> Between(string oldText, string newText)
    {
        var diff = Differ.Instance.CreateLineDiffs(oldText, newText, ignoreWhitespace: false, ignoreCase: false);
        var hunks = new List<HunkView>();
        for (int first = 0, next; first < diff.DiffBlocks.Count; first = next)
        {
            for (next = first + 1; next < diff.DiffBlocks.Count && diff.DiffBlocks[next].DeleteStartA - EndOf(diff.DiffBlocks[next - 1]) <= 2 * Context;)
                next++;
            hunks.Add(Of(diff, diff.DiffBlocks.Skip(first).Take(next - first).ToList()));
        }
        return hunks;
    }

    private static int EndOf(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    private static HunkView Of(DiffResult diff, List<DiffBlock> blocks)
    {
        var lines = new List<DiffLineView>();
        var shift = blocks[0].InsertStartB - blocks[0].DeleteStartA;
        var start = Math.Max(0, blocks[0].DeleteStartA - Context);
        var at = start;
        foreach (var block in blocks)
        {
            Keep(block.DeleteStartA);
            for (var i = 0; i < block.DeleteCountA; i++)
                lines.Add(new DiffLineView { Kind = Deleted, FromLine = block.DeleteStartA + i + 1, Text = diff.PiecesOld[block.DeleteStartA + i] });
            for (var i = 0; i < block.InsertCountB; i++)
                lines.Add(new DiffLineView { Kind = Added, ToLine = block.InsertStartB + i + 1, Text = diff.PiecesNew[block.InsertStartB + i] });
            at = EndOf(block);
            shift = block.InsertStartB + block.InsertCountB - at;
        }
        // What stands behind the last line feed is no line.
        var lineCount = diff.PiecesOld.Count - (diff.PiecesOld is [.., ""] ? 1 : 0);
        Keep(Math.Min(lineCount, at + Context));
        return new HunkView
        {
            FromStart = start + 1,
            FromCount = lines.Count(line => line.FromLine is not null),
            ToStart = start + 1 + blocks[0].InsertStartB - blocks[0].DeleteStartA,
            ToCount = lines.Count(line => line.ToLine is not null),
            Lines = lines,
        };

        void Keep(int end)
        {
            for (; at < end; at++)
                lines.Add(new DiffLineView { Kind = Unchanged, FromLine = at + 1, ToLine = at + shift + 1, Text = diff.PiecesOld[at] });
        }
    }
}
