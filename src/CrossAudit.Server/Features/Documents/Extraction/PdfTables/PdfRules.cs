using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace CrossAudit.Server.Features.Documents.Extraction.PdfTables;

/// <summary>A straight line on a page.</summary>
/// <param name="At">Its height if it is level, else its distance from the left.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
internal readonly record struct PdfRule(double At, double From, double To)
{
    public double Length => To - From;

    /// <summary>Whether it passes a point, give or take a little.</summary>
    public bool Passes(double point) => point >= From - PdfRules.Tolerance && point <= To + PdfRules.Tolerance;
}

/// <summary>The level and the upright lines drawn on a page. Thin boxes are lines, and outlined boxes have four; an area that is only filled shades something.</summary>
internal sealed class PdfRules
{
    /// <summary>How far lines may be apart that are meant to meet, in points.</summary>
    public const double Tolerance = 3;

    /// <summary>A page with more lines is a drawing.</summary>
    private const int MaxRules = 4_000;

    /// <summary>Thicker than this it is an area, in points.</summary>
    private const double MaxThickness = 2.5;

    private const double MinLength = 6;

    public List<PdfRule> Level { get; private set; } = [];

    public List<PdfRule> Upright { get; private set; } = [];

    public static PdfRules Of(Page page)
    {
        var rules = new PdfRules();
        foreach (var (path, isStroked) in page.Paths.Where(path => !path.IsClipping).SelectMany(path => path.Select(part => (part, path.IsStroked))))
        {
            if (path.GetBoundingRectangle() is { } box)
                rules.Add(box, isStroked && path.IsDrawnAsRectangle);
            if (rules.Level.Count + rules.Upright.Count > MaxRules)
                return new PdfRules();
        }

        (rules.Level, rules.Upright) = (Join(rules.Level), Join(rules.Upright));
        return rules;
    }

    private void Add(PdfRectangle box, bool isBox)
    {
        if (box.Height <= MaxThickness && box.Width >= MinLength)
            Level.Add(new PdfRule(box.Bottom, box.Left, box.Right));
        else if (box.Width <= MaxThickness && box.Height >= MinLength)
            Upright.Add(new PdfRule(box.Left, box.Bottom, box.Top));
        else if (isBox && box.Width >= MinLength && box.Height >= MinLength)
        {
            Level.AddRange([new(box.Bottom, box.Left, box.Right), new(box.Top, box.Left, box.Right)]);
            Upright.AddRange([new(box.Left, box.Bottom, box.Top), new(box.Right, box.Bottom, box.Top)]);
        }
    }

    /// <summary>Each cell may have borders of its own: pieces in a line that touch become one.</summary>
    private static List<PdfRule> Join(List<PdfRule> rules)
    {
        var joined = new List<PdfRule>();
        foreach (var line in rules.OrderBy(rule => rule.At).ChunkBy((previous, next) => next.At - previous.At < Tolerance / 2))
        {
            foreach (var piece in line.OrderBy(rule => rule.From).ChunkBy((previous, next) => next.From - previous.To < Tolerance))
                joined.Add(new PdfRule(piece.Average(rule => rule.At), piece[0].From, piece.Max(rule => rule.To)));
        }

        return joined;
    }
}
