using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Which of a document's styles make headings and lists.</summary>
internal sealed partial class DocxStyles
{
    /// <summary>Styles build on styles; a longer chain is a circle.</summary>
    private const int MaxChain = 12;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);

    public static DocxStyles Read(StyleDefinitionsPart? part, ReadBudget budget)
    {
        var styles = new DocxStyles();
        if (part is null)
            return styles;

        using var xml = PackageXml.Open(part, budget);
        var style = new Style();
        while (xml.Read())
        {
            if (!xml.IsStartElement() || !DocxPart.IsWord(xml))
                continue;
            switch (xml.LocalName)
            {
                case "style":
                    style = new Style();
                    styles._styles[xml.GetAttribute("styleId", xml.NamespaceURI) ?? ""] = style;
                    break;
                case "name":
                    style.Name = DocxPart.Value(xml);
                    break;
                case "basedOn":
                    style.BasedOn = DocxPart.Value(xml);
                    break;
                case "outlineLvl":
                    style.Outline = Level(DocxPart.Value(xml));
                    break;
                case "numPr":
                    style.IsList = true;
                    break;
            }
        }

        return styles;
    }

    /// <summary>An outline level as written (0–8 are headings, 9 is body text) as a heading's level from 1; null if it is none.</summary>
    public static int? Level(string? outline) =>
        int.TryParse(outline, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level < 9 ? level + 1 : null;

    /// <summary>The level of a heading in this style, 1 for the highest and 0 for a title; null if the style makes none.</summary>
    public int? HeadingLevel(string? style) => Chain(style).Select(s => s.HeadingLevel).FirstOrDefault(level => level is not null);

    public bool IsList(string? style) => Chain(style).Any(s => s.IsList || s.Name?.StartsWith("List ", StringComparison.OrdinalIgnoreCase) == true);

    private IEnumerable<Style> Chain(string? id)
    {
        for (var i = 0; i < MaxChain && id is not null && _styles.TryGetValue(id, out var style); i++, id = style.BasedOn)
            yield return style;
    }

    private sealed partial class Style
    {
        public string? Name { get; set; }

        public string? BasedOn { get; set; }

        public int? Outline { get; set; }

        public bool IsList { get; set; }

        public int? HeadingLevel =>
            Outline
            ?? (string.Equals(Name, "Title", StringComparison.OrdinalIgnoreCase) ? 0
                : BuiltIn().Match(Name ?? "") is { Success: true } heading ? heading.Groups[1].ValueSpan[0] - '0'
                : null);

        [GeneratedRegex(@"\Aheading ([1-9])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
        private static partial Regex BuiltIn();
    }
}
