namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>Follows a document's groups and control words and passes text on to where it belongs.</summary>
internal sealed class RtfDocument(RtfReader reader, RtfLetters letters, FragmentWriter fragments)
{
    /// <summary>Real documents nest a few dozen groups.</summary>
    private const int MaxDepth = 10_000;

    private readonly Stack<(RtfState State, string? Interrupted)> _groups = [];
    private readonly RtfFonts _fonts = new();
    private readonly RtfStyles _styles = new();
    private RtfBlocks _blocks = null!;
    private RtfState _state = new();
    private int _codePage = 1252;

    public void Read()
    {
        _blocks = new RtfBlocks(_styles, fragments);
        while (reader.Read())
        {
            switch (reader.Token)
            {
                case RtfToken.GroupStart:
                    Enter();
                    break;
                case RtfToken.GroupEnd:
                    Leave();
                    break;
                case RtfToken.Text:
                    AddByte();
                    break;
                default:
                    Control(reader.Word, reader.Number);
                    break;
            }
        }

        _blocks.End(letters.Take());
        if (letters.HasUnknownCodePage)
            fragments.Omit("letters in a code page that is not known", "read as Western ones", isSound: false);
    }

    private void Enter()
    {
        if (_groups.Count == MaxDepth)
            throw new UnreadableContentException($"The file nests more than {MaxDepth:N0} groups in one another.");
        _groups.Push((_state, null));
    }

    /// <summary>The text that a footnote interrupted goes on after it.</summary>
    private void Leave()
    {
        letters.EndGroup();
        if (!_groups.TryPop(out var group))
            return;
        if (group.Interrupted is { } before)
        {
            _blocks.AddNote(letters.Take());
            foreach (var c in before)
                letters.Add(c);
        }

        _state = group.State;
    }

    private void AddByte()
    {
        if (_state.Table == RtfTable.Styles)
            _styles.ReadName(reader.Byte);
        else if (_state is { IsSkipped: false, IsDeleted: false, Table: RtfTable.None })
            letters.AddByte(reader.Byte, _state.CodePage ?? _codePage);
    }

    private void Control(string word, int? number)
    {
        if (word == "*")
            _state.IsOptional = true;
        else if (RtfWords.IsSkipped(word) || (_state.IsOptional && !RtfWords.IsKnown(word)))
            (_state.IsSkipped, _state.IsOptional) = (true, false);
        else if (!_state.IsSkipped)
            Apply(word, number);

        if (word is "listtext" or "pntext")
            _blocks.Read(word, number);
    }

    private void Apply(string word, int? number)
    {
        _state.IsOptional = false;
        if (word is "fonttbl" or "stylesheet")
            _state.Table = word == "fonttbl" ? RtfTable.Fonts : RtfTable.Styles;
        else if (_state.Table == RtfTable.Fonts)
            _fonts.Read(word, number);
        else if (_state.Table == RtfTable.Styles)
            _styles.Read(word, number);
        else if (!ApplyToLetters(word, number) && !_state.IsDeleted)
            ApplyToText(word, number);
    }

    private bool ApplyToLetters(string word, int? number)
    {
        switch (word)
        {
            case "ansicpg":
                _codePage = number ?? _codePage;
                break;
            case "mac" or "pc" or "pca":
                _codePage = word switch { "mac" => 10000, "pc" => 437, _ => 850 };
                break;
            case "f" or "plain":
                _state.CodePage = word == "f" ? _fonts.CodePage(number ?? 0) : null;
                _state.IsDeleted &= word == "f";
                break;
            case "uc":
                _state.Substitutes = Math.Max(0, number ?? 1);
                break;
            case "deleted":
                _state.IsDeleted = number != 0;
                break;
            default:
                return false;
        }

        return true;
    }

    private void ApplyToText(string word, int? number)
    {
        switch (word)
        {
            case "u" when number is not null:
                letters.AddUnicode(number.Value, _state.Substitutes);
                break;
            case "par" or "sect" or "page" or "\n" or "\r":
                _blocks.EndParagraph(letters.Take());
                break;
            case "cell" or "nestcell":
                _blocks.EndCell(letters.Take());
                break;
            case "row" or "nestrow":
                _blocks.EndRow();
                break;
            case "footnote" when _groups.TryPop(out var group):
                _groups.Push((group.State, letters.Take()));
                break;
            default:
                if (RtfWords.Letter(word) is { } letter)
                    letters.Add(letter);
                else
                    _blocks.Read(word, number);
                break;
        }
    }
}
