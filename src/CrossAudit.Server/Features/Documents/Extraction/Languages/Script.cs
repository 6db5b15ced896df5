namespace CrossAudit.Server.Features.Documents.Extraction.Languages;

/// <summary>A script: whole languages are told by it, or it narrows the choice.</summary>
/// <param name="First">Its first letter in Unicode's order.</param>
/// <param name="Last">Its last letter.</param>
/// <param name="Language">The language that is written in it; null if there are several of weight.</param>
internal sealed record Script(char First, char Last, string? Language)
{
    public static readonly Script Latin = new('A', '\u024F', null);
    public static readonly Script Han = new('\u4E00', '\u9FFF', "zh");
    public static readonly Script Kana = new('\u3041', '\u30FF', "ja");

    /// <summary>Most languages of India and its neighbours have a script to themselves, or nearly so.</summary>
    private static readonly Script[] All =
    [
        Latin, new('\u1E00', '\u1EFF', null), new('\u0370', '\u03FF', "el"), new('\u1F00', '\u1FFF', "el"), new('\u0400', '\u052F', null), new('\u0531', '\u058F', "hy"),
        new('\u05D0', '\u05F4', "he"), new('\u0600', '\u06FF', null), new('\u0900', '\u097F', null), new('\u0980', '\u09FF', "bn"), new('\u0A00', '\u0A7F', "pa"),
        new('\u0A80', '\u0AFF', "gu"), new('\u0B00', '\u0B7F', "or"), new('\u0B80', '\u0BFF', "ta"), new('\u0C00', '\u0C7F', "te"), new('\u0C80', '\u0CFF', "kn"),
        new('\u0D00', '\u0D7F', "ml"), new('\u0D80', '\u0DFF', "si"), new('\u0E00', '\u0E7F', "th"), new('\u0E80', '\u0EFF', "lo"), new('\u0F00', '\u0FFF', "bo"),
        new('\u1000', '\u109F', "my"), new('\u10A0', '\u10FF', "ka"), new('\u1100', '\u11FF', "ko"), new('\u1200', '\u137F', "am"), new('\u1780', '\u17FF', "km"),
        Kana, Han, new('\u3400', '\u4DBF', "zh"), new('\uAC00', '\uD7AF', "ko"),
    ];

    /// <summary>Null for digits, marks, and scripts that are not known here.</summary>
    public static Script? Of(char letter)
    {
        if (!char.IsLetter(letter))
            return null;
        if (letter <= Latin.Last)
            return Latin;
        foreach (var script in All)
        {
            if (letter >= script.First && letter <= script.Last)
                return script;
        }

        return null;
    }
}
