using System.Text.Json;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction.Languages;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Takes a document's paragraphs in reading order and writes them as fragments, one JSON line each: cleans, cuts, numbers
/// and places them, tells their language, and remembers the headings above.
/// </summary>
internal sealed class FragmentWriter(Stream output, int maxFragments, int maxCharacters)
{
    /// <summary>What stands between two fragments in the document's text.</summary>
    private const string Separator = "\n\n";

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly HeadingPath _headings = new();

    public int Fragments { get; private set; }

    /// <summary>The length of the document's text so far, in UTF-16 code units, separators included.</summary>
    public int Characters { get; private set; }

    /// <summary>The page that the next fragments stand on.</summary>
    public int? Page { get; set; }

    /// <summary>The confidence of the next fragments, before letters that could not be read are counted.</summary>
    public double Score { get; set; } = Confidence.Stated;

    public LanguageTally Languages { get; } = new();

    public Omissions Omissions { get; } = new();

    /// <param name="level">Only the order matters: the lower, the higher the heading stands.</param>
    /// <param name="text">One line; white space is collapsed.</param>
    public void AddHeading(int level, string text)
    {
        text = FragmentText.Clean(WhiteSpace.Collapse(text));
        if (text.Length == 0)
            return;

        _headings.Leave(level);
        Write(FragmentType.Heading, text);
        _headings.Enter(level, text);
    }

    /// <summary>What follows stands below no heading of what came before, such as a slide without a title.</summary>
    public void LeaveHeadings() => _headings.Leave(int.MinValue);

    /// <summary>Blank text is left out. Only code keeps the first line's indent.</summary>
    public void Add(FragmentType kind, string text)
    {
        text = FragmentText.Clean(text);
        Write(kind, kind == FragmentType.Code ? text : text.TrimStart());
    }

    /// <summary>What is written meanwhile stands in a file within the file, with pages and headings of its own below the file's name.</summary>
    public void InFile(string name, Action write)
    {
        var (outer, page, score) = (_headings.EnterFile(name), Page, Score);
        (Page, Score) = (null, Confidence.Stated);
        try
        {
            write();
        }
        finally
        {
            _headings.LeaveFile(outer);
            (Page, Score) = (page, score);
        }
    }

    /// <summary>Notes that something here is not among the fragments.</summary>
    public void Omit(string what, string why, bool isSound = true) => Omissions.Add([.. _headings.Files, what], why, isSound);

    private void Write(FragmentType kind, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;

        foreach (var (path, name) in _headings.Due())
            WriteParts(FragmentType.Heading, name, page: null, Confidence.Stated, path);
        WriteParts(kind, text, Page, Score, _headings.Text);
    }

    private void WriteParts(FragmentType kind, string text, int? page, double score, string? path)
    {
        foreach (var part in FragmentText.Split(text))
        {
            var start = Characters == 0 ? 0 : Characters + Separator.Length;
            if (Fragments == maxFragments)
                throw new BeyondLimitsException($"The file holds more than {maxFragments:N0} paragraphs.");
            if (part.Length > maxCharacters - start)
                throw new BeyondLimitsException($"The file holds more than {maxCharacters:N0} characters of text.");

            Fragments++;
            Characters = start + part.Length;
            var language = kind == FragmentType.Code ? null : Languages.Count(part);
            var fragment = new ExtractedFragment(
                part, page, Fragments, kind, start, Characters, Confidence.Reduce(score, part), path, language);
            JsonSerializer.Serialize(output, fragment, ExtractionJson.Default.ExtractedFragment);
            output.Write(NewLine);
        }
    }
}
