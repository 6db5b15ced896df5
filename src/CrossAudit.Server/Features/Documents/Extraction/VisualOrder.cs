namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Arabic and Hebrew stand on the page from right to left, so letters sorted by place come out backwards. This is the
/// bidirectional algorithm turned round, without its finer points: nested quotes of quotes, mirrored brackets.
/// </summary>
internal static class VisualOrder
{
    public static bool IsRightToLeft(string glyph) => glyph.Any(c => c is
        (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC'));

    /// <param name="glyphs">From left to right. A glyph may spell several letters (lam-alef), which stay in their order.</param>
    public static string ToLogical(IReadOnlyList<string> glyphs)
    {
        var order = glyphs.ToArray();
        var fromRight = order.Count(IsRightToLeft) >= order.Count(IsLeftToRight);
        if (fromRight)
            Array.Reverse(order);

        ReverseRuns(order, fromRight ? IsLeftToRight : IsRightToLeft, fromRight ? IsRightToLeft : IsLeftToRight);
        return string.Concat(order);
    }

    /// <summary>Digits run from left to right in every script.</summary>
    private static bool IsLeftToRight(string glyph) =>
        !IsRightToLeft(glyph) && glyph.Any(char.IsLetterOrDigit);

    /// <summary>Turns each stretch from one matching glyph to the last before an opposite one; spaces between belong to it.</summary>
    private static void ReverseRuns(string[] glyphs, Func<string, bool> belongs, Func<string, bool> opposes)
    {
        for (var i = 0; i < glyphs.Length; i++)
        {
            if (!belongs(glyphs[i]))
                continue;

            var last = i;
            for (var j = i + 1; j < glyphs.Length && !opposes(glyphs[j]); j++)
            {
                if (belongs(glyphs[j]))
                    last = j;
            }

            Array.Reverse(glyphs, i, last - i + 1);
            i = last;
        }
    }
}
