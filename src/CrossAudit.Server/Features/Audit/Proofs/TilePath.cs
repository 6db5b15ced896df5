using System.Globalization;
using CrossAudit.Server.Core.Auditing.Tree;

namespace CrossAudit.Server.Features.Audit.Proofs;

/// <summary>
/// Which tile a path names, as C2SP tlog-tiles writes it: <c>LEVEL/INDEX</c>, or <c>LEVEL/INDEX.p/WIDTH</c> for the first hashes of one; the index in groups of three digits, all but the
/// last behind an x, such as <c>x001/x234/067</c>.
/// </summary>
internal readonly record struct TilePath(int Level, long Index, int Width)
{
    private const int HighestLevel = 63;
    private const int MostGroups = 5;

    /// <summary>Null if it names none.</summary>
    public static TilePath? Parse(string path)
    {
        var parts = path.Split('/').ToList();
        if (!TryNumber(parts[0], 2, out var level) || level > HighestLevel)
            return null;
        parts.RemoveAt(0);
        var width = (long)TreeEdge.TileWidth;
        if (parts.Count > 1 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!TryNumber(parts[^1], 3, out width) || width is 0 or >= TreeEdge.TileWidth)
                return null;
            parts.RemoveAt(parts.Count - 1);
            parts[^1] = parts[^1][..^2];
        }
        return ParseIndex(parts) is { } index ? new TilePath((int)level, index, (int)width) : null;
    }

    private static long? ParseIndex(List<string> groups)
    {
        if (groups.Count is 0 or > MostGroups)
            return null;
        var index = 0L;
        for (var i = 0; i < groups.Count; i++)
        {
            var digits = i < groups.Count - 1 ? groups[i].StartsWith('x') ? groups[i][1..] : "" : groups[i];
            if (digits.Length != 3 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var group))
                return null;
            index = (index * 1000) + group;
        }
        // One way to write each: no group of zeros in front.
        return groups.Count > 1 && groups[0] == "x000" ? null : index;
    }

    private static bool TryNumber(string text, int most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= most && (text.Length == 1 || text[0] != '0');
}
