namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Spells out the joined letters of typesetting ("ﬁ"), which nobody types into a search.</summary>
internal static class Ligatures
{
    public static string Spell(string text) => text.AsSpan().ContainsAnyInRange('\uFB00', '\uFB06')
        ? text.Replace("\uFB00", "ff").Replace("\uFB01", "fi").Replace("\uFB02", "fl").Replace("\uFB03", "ffi")
            .Replace("\uFB04", "ffl").Replace("\uFB05", "st").Replace("\uFB06", "st")
        : text;
}
