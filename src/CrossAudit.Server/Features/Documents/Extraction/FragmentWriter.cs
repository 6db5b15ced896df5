using System.Text.Json;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Takes a document's paragraphs in reading order and writes them as fragments, one JSON line each: cleans, cuts, numbers
/// and places them, and remembers the headings above.
/// </summary>
internal sealed class FragmentWriter(Stream output, int maxFragments, int maxCharacters)
{
    /// <summary>What stands between two fragments in the document's text.</summary>
    private const string Separator = "\n\n";

    /// <summary>The most of a heading that goes into a path, in characters.</summary>
    private const int MaxPathPart = 120;

    private const int MaxPathDepth = 6;

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly List<(int Level, string Text)> _headings = [];
    private string? _path;

    public int Fragments { get; private set; }

    /// <summary>The length of the document's text so far, in UTF-16 code units, separators included.</summary>
    public int Characters { get; private set; }

    /// <summary>The page that the next fragments stand on.</summary>
    public int? Page { get; set; }

    /// <summary>The confidence of the next fragments, before letters that could not be read are counted.</summary>
    public double Score { get; set; } = Confidence.Stated;

    /// <param name="level">Only the order matters: the lower, the higher the heading stands.</param>
    /// <param name="text">One line; white space is collapsed.</param>
    public void AddHeading(int level, string text)
    {
        text = FragmentText.Clean(WhiteSpace.Collapse(text));
        if (text.Length == 0)
            return;

        while (_headings.Count > 0 && _headings[^1].Level >= level)
            _headings.RemoveAt(_headings.Count - 1);
        _path = Path();
        Write(FragmentType.Heading, text);

        _headings.Add((level, text));
        _path = Path();
    }

    /// <summary>Blank text is left out. Only code keeps the first line's indent.</summary>
    public void Add(FragmentType kind, string text)
    {
        text = FragmentText.Clean(text);
        Write(kind, kind == FragmentType.Code ? text : text.TrimStart());
    }

    private void Write(FragmentType kind, string text)
    {
        foreach (var part in FragmentText.Split(text))
        {
            var start = Characters == 0 ? 0 : Characters + Separator.Length;
            if (Fragments == maxFragments)
                throw new UnreadableContentException($"The file holds more than {maxFragments:N0} paragraphs.");
            if (part.Length > maxCharacters - start)
                throw new UnreadableContentException($"The file holds more than {maxCharacters:N0} characters of text.");

            Fragments++;
            Characters = start + part.Length;
            var fragment = new ExtractedFragment(
                part, Page, Fragments, kind, start, Characters, Confidence.Reduce(Score, part), _path);
            JsonSerializer.Serialize(output, fragment, ExtractionJson.Default.ExtractedFragment);
            output.Write(NewLine);
        }
    }

    private string? Path() => _headings.Count == 0 ? null : string.Join(" > ", _headings.TakeLast(MaxPathDepth).Select(h => Shorten(h.Text)));

    private static string Shorten(string heading)
    {
        if (heading.Length <= MaxPathPart)
            return heading;
        var end = char.IsHighSurrogate(heading[MaxPathPart - 1]) ? MaxPathPart - 1 : MaxPathPart;
        return heading[..end] + "…";
    }
}
