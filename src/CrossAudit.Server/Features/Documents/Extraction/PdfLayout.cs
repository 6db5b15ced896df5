using CrossAudit.Server.Features.Documents.Extraction.PdfTables;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Util;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// Finds a page's blocks of text and the order in which people read them: down a column, then the next. The file only says
/// where each letter stands.
/// </summary>
/// <remarks>
/// Docstrum with the plain word extractor was best on papers with two columns and on leaflets with many; XY cuts break
/// lines that a footnote's mark reaches into, and the order of the content stream is anybody's.
/// </remarks>
internal sealed class PdfLayout
{
    /// <summary>A page with more words (some 30 dense pages' worth) is a drawing or an attack; finding blocks would take minutes.</summary>
    private const int MaxWords = 20_000;

    private readonly DocstrumBoundingBoxes _segmenter = new(new DocstrumBoundingBoxes.DocstrumBoundingBoxesOptions { MaxDegreeOfParallelism = 1 });

    private readonly NearestNeighbourWordExtractor _turnedWords =
        new(new NearestNeighbourWordExtractor.NearestNeighbourWordExtractorOptions { MaxDegreeOfParallelism = 1 });

    public IReadOnlyList<PdfBlock> Blocks(Page page)
    {
        var words = Words(page);
        if (words.Count > MaxWords)
            throw UnreadableContentException.Damaged($"page {page.Number} holds more than {MaxWords:N0} words.");

        // Lines cross the cells of a table, and columns are no columns of text: its words are kept from the segmenter.
        var tables = PdfTableFinder.Find(words, page).ToDictionary(table => table.ToBlock());
        var inTables = tables.Values.SelectMany(table => table.Words).ToHashSet();
        var blocks = _segmenter.GetBlocks(words.FindAll(word => !inTables.Contains(word)));
        return [.. UnsupervisedReadingOrderDetector.Instance.Get([.. blocks, .. tables.Keys])
            .Select(block => new PdfBlock(block) { Table = tables.GetValueOrDefault(block)?.Text })];
    }

    /// <summary>The plain extractor reads level lines well and takes turned ones apart, so those go to the other.</summary>
    private List<Word> Words(Page page)
    {
        var level = page.Letters.Where(letter => letter.TextOrientation == TextOrientation.Horizontal).ToList();
        var words = DefaultWordExtractor.Instance.GetWords(level).ToList();
        if (level.Count < page.Letters.Count)
            words.AddRange(_turnedWords.GetWords([.. page.Letters.Where(letter => letter.TextOrientation != TextOrientation.Horizontal)]));
        words.RemoveAll(word => string.IsNullOrWhiteSpace(word.Text));
        return words;
    }
}
