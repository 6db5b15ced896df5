using System.Text;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Makes text fit to store, and cuts long text into fragments.</summary>
internal static class FragmentText
{
    /// <summary>The most a fragment holds, in UTF-16 code units: a page at most, so that a quote of it is still a quote.</summary>
    public const int MaxCharacters = 2000;

    /// <summary>A cut before this share of the room is too early to be worth a better place.</summary>
    private const int MinCharacters = MaxCharacters / 2;

    /// <summary>
    /// The text without what a database or a reader chokes on: control characters go (line breaks and tabs stay), lone
    /// surrogates and noncharacters become U+FFFD, and outer white space is trimmed. A U+0000 stands for a letter that could not be read.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c) || c == '\0' || c is (>= '\uFDD0' and <= '\uFDEF') or '\uFFFE' or '\uFFFF')
                clean.Append('\uFFFD');
            else if (c == '\r')
                AppendLineBreak(clean, text, i);
            else if (c is '\n' or '\t' || !char.IsControl(c))
                clean.Append(c);
            else if (c is '\f' or '\v' or '\x85')
                clean.Append('\n');
        }

        return TrimLines(clean.ToString());
    }

    /// <summary>Cuts at the last line, sentence or word that fits; amid a word only if it is longer than a fragment.</summary>
    public static IEnumerable<string> Split(string text)
    {
        while (text.Length > MaxCharacters)
        {
            var cut = CutBefore(text);
            var part = text[..cut].TrimEnd();
            text = text[cut..].TrimStart();
            if (part.Length > 0)
                yield return part;
        }

        if (!string.IsNullOrWhiteSpace(text))
            yield return text;
    }

    private static int CutBefore(string text)
    {
        var room = text.AsSpan(0, MaxCharacters);
        if (room.LastIndexOf('\n') is var line && line >= MinCharacters)
            return line;
        for (var i = room.Length - 2; i >= MinCharacters; i--)
        {
            if ((room[i] is '.' or '!' or '?' && char.IsWhiteSpace(room[i + 1])) || room[i] is '。' or '！' or '？')
                return i + 1;
        }

        for (var i = room.Length - 1; i >= MinCharacters; i--)
        {
            if (char.IsWhiteSpace(room[i]))
                return i;
        }

        return char.IsHighSurrogate(room[^1]) ? room.Length - 1 : room.Length;
    }

    private static void AppendLineBreak(StringBuilder clean, string text, int at)
    {
        if (at + 1 == text.Length || text[at + 1] != '\n')
            clean.Append('\n');
    }

    /// <summary>Drops blank lines at both ends, but not the first line's indent: it means something in code.</summary>
    private static string TrimLines(string text)
    {
        text = text.TrimEnd();
        var start = 0;
        for (var i = 0; i < text.Length && char.IsWhiteSpace(text[i]); i++)
        {
            if (text[i] == '\n')
                start = i + 1;
        }

        return text[start..];
    }
}
