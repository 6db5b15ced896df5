namespace CrossAudit.Server.Features.Documents.Extraction.Languages;

/// <summary>How many letters of a text belong to which script.</summary>
internal sealed class ScriptCount
{
    /// <summary>A letter of Chinese or Japanese says as much as two or three of an alphabet.</summary>
    private const int HanWeight = 3;

    /// <summary>Chinese has no kana, Japanese hardly a sentence without.</summary>
    private const int KanaShare = 20;

    private const int MinLetters = 4;

    private readonly Dictionary<Script, int> _letters = [];

    public ScriptCount(string text)
    {
        foreach (var c in text)
        {
            if (Script.Of(c) is { } script)
                _letters[script] = _letters.GetValueOrDefault(script) + (script == Script.Han || script == Script.Kana ? HanWeight : 1);
            else if (char.IsLetter(c) || char.IsSurrogate(c))
                Unknown++;
        }
    }

    /// <summary>Letters of scripts that are not known here.</summary>
    public int Unknown { get; }

    /// <summary>The script of more than half of the letters.</summary>
    public Script? Main
    {
        get
        {
            var all = _letters.Values.Sum() + Unknown;
            if (all < MinLetters || _letters.Count == 0)
                return null;
            var most = _letters.MaxBy(entry => entry.Value);
            var ofLanguage = most.Key?.Language is null ? most.Value : _letters.Where(entry => entry.Key.Language == most.Key.Language).Sum(entry => entry.Value);
            return ofLanguage * 2 > all || IsJapanese ? most.Key : null;
        }
    }

    public bool IsJapanese =>
        _letters.GetValueOrDefault(Script.Kana) is var kana && _letters.GetValueOrDefault(Script.Han) is var han
        && kana * KanaShare > han && kana > 0 && (kana + han) * 2 > _letters.Values.Sum();
}
