using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;
using PageSize = UglyToad.PdfPig.Content.PageSize;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>A document of each format, made here: what must hold without any file from elsewhere.</summary>
public sealed class SmallDocuments(Extractor extractor) : IClassFixture<Extractor>
{
    [Fact]
    public async Task A_pdf_gives_pages_headings_and_paragraphs()
    {
        var path = extractor.NewPath(".pdf");
        using (var pdf = new PdfDocumentBuilder())
        {
            var font = pdf.AddStandard14Font(Standard14Font.Helvetica);
            var first = pdf.AddPage(PageSize.A4);
            first.AddText("Policy", 24, new PdfPoint(50, 700), font);
            first.AddText("Every model is reviewed before it is used, and the re-", 11, new PdfPoint(50, 650), font);
            first.AddText("view is written down.", 11, new PdfPoint(50, 637), font);
            pdf.AddPage(PageSize.A4).AddText("The second page.", 11, new PdfPoint(50, 650), font);
            await File.WriteAllBytesAsync(path, pdf.Build(), Extractor.Stop);
        }

        var fragments = await extractor.FragmentsAsync(path, ContentTypes.Pdf);

        Assert.Collection(
            fragments,
            f => Assert.Equal(("Policy", 1, FragmentType.Heading), (f.Content, f.PageNumber, f.Kind)),
            f => Assert.Equal(("Every model is reviewed before it is used, and the review is written down.", "Policy"), (f.Content, f.HeadingPath)),
            f => Assert.Equal(("The second page.", 2, 0.9), (f.Content, f.PageNumber, f.ConfidenceScore)));
    }

    [Fact]
    public async Task A_pdf_table_drawn_with_lines_keeps_its_cells()
    {
        var path = extractor.NewPath(".pdf");
        using (var pdf = new PdfDocumentBuilder())
        {
            var font = pdf.AddStandard14Font(Standard14Font.Helvetica);
            var page = pdf.AddPage(PageSize.A4);
            page.AddText("Above the table stands a sentence.", 11, new PdfPoint(50, 700), font);
            foreach (var y in (double[])[600, 630, 660])
                page.DrawLine(new PdfPoint(50, y), new PdfPoint(350, y));
            foreach (var x in (double[])[50, 200, 350])
                page.DrawLine(new PdfPoint(x, 600), new PdfPoint(x, 660));
            foreach (var (text, x, y) in ((string, double, double)[])[("Model", 60, 640), ("Owner of it", 210, 640), ("Scorer", 60, 610), ("Ann", 210, 610)])
                page.AddText(text, 11, new PdfPoint(x, y), font);
            await File.WriteAllBytesAsync(path, pdf.Build(), Extractor.Stop);
        }

        var fragments = await extractor.FragmentsAsync(path, ContentTypes.Pdf);

        Assert.Equal(
            [(FragmentType.Paragraph, "Above the table stands a sentence.", 0.9), (FragmentType.Table, "Model\tOwner of it\nScorer\tAnn", 0.8)],
            fragments.Select(f => (f.Kind, f.Content, f.ConfidenceScore)));
    }

    [Fact]
    public async Task A_docx_gives_headings_lists_and_tables()
    {
        var path = extractor.NewPath(".docx");
        using (var docx = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document))
        {
            var main = docx.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
                new Style(new StyleName { Val = "heading 1" }) { StyleId = "H1", Type = StyleValues.Paragraph });
            main.Document = new Document(new Body(
                new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "H1" }), new Run(new Text("Scope"))),
                new Paragraph(new Run(new Text("All "), new Text("models.") { Space = SpaceProcessingModeValues.Preserve })),
                new Paragraph(
                    new ParagraphProperties(new NumberingProperties(new NumberingId { Val = 1 })), new Run(new Text("An item"))),
                new Table(Row("a", "b"), Row("c", "d"))));
        }

        var fragments = await extractor.FragmentsAsync(path, ContentTypes.Docx);

        Assert.Equal(ContentTypes.Docx, (await ContentSniffer.DetectAsync(path, "x.pdf", Extractor.Stop)).MimeType);
        Assert.Equal(
            [(FragmentType.Heading, "Scope", null), (FragmentType.Paragraph, "All models.", "Scope"), (FragmentType.List, "An item", "Scope"), (FragmentType.Table, "a\tb\nc\td", "Scope")],
            fragments.Select(f => (f.Kind, f.Content, f.HeadingPath)));

        static TableRow Row(params string[] cells) => new(cells.Select(c => new TableCell(new Paragraph(new Run(new Text(c))))));
    }

    [Fact]
    public async Task A_page_gives_what_a_reader_sees()
    {
        var fragments = await extractor.FragmentsOfTextAsync(
            """
            <!doctype html><html><head><title>Site</title><script>var hidden = 1;</script></head><body>
            <nav><a href="/">Home</a></nav><h1>Rules</h1><p>Be <b>fair</b>,<br>always.</p>
            <ul><li>One</li><li>Two</li></ul><table><tr><th>k</th><th>v</th></tr><tr><td>1</td><td>2</td></tr></table>
            <pre>if x:
              y</pre></body></html>
            """,
            ContentTypes.Html);

        Assert.Equal(
            [(FragmentType.Heading, "Site"), (FragmentType.Heading, "Rules"), (FragmentType.Paragraph, "Be fair, always."), (FragmentType.List, "One"),
                (FragmentType.List, "Two"), (FragmentType.Table, "k\tv\n1\t2"), (FragmentType.Code, "if x:\n  y")],
            fragments.Select(f => (f.Kind, f.Content)));
        Assert.Equal("Site > Rules", fragments[^1].HeadingPath);
    }

    [Fact]
    public async Task Markdown_gives_its_blocks_without_marks()
    {
        var fragments = await extractor.FragmentsOfTextAsync(
            "# Top\n\nSome *very* [plain](http://x) text.\n\n- item\n\n## Sub\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", ContentTypes.Markdown);

        Assert.Equal(
            [(FragmentType.Heading, "Top"), (FragmentType.Paragraph, "Some very plain text."), (FragmentType.List, "item"), (FragmentType.Heading, "Sub"),
                (FragmentType.Code, "code"), (FragmentType.Table, "a\tb\n1\t2")],
            fragments.Select(f => (f.Kind, f.Content)));
        Assert.Equal("Top > Sub", fragments[^1].HeadingPath);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public async Task A_csv_gives_a_row_for_each_record(string separator)
    {
        var fragments = await extractor.FragmentsOfTextAsync(
            string.Join(separator, "Name", "Note") + "\n" + string.Join(separator, "Ann", "\"two\nlines\"") + "\n" + string.Join(separator, "Bob", "") + "\n", ContentTypes.Csv);

        Assert.Equal(["Name\tNote", "Name: Ann\nNote: two\nlines", "Name: Bob"], fragments.Select(f => f.Content));
        Assert.All(fragments, f => Assert.Equal(FragmentType.Row, f.Kind));
    }

    [Fact]
    public async Task A_long_paragraph_is_cut_between_sentences()
    {
        var sentence = "This sentence is fifty characters long, including. ";
        var fragments = await extractor.FragmentsOfTextAsync(string.Concat(Enumerable.Repeat(sentence, 100)) + "\uD83D\uDE00", ContentTypes.PlainText);

        Assert.Equal(3, fragments.Count);
        Assert.All(fragments.SkipLast(1), f => Assert.EndsWith("including.", f.Content, StringComparison.Ordinal));
        Assert.EndsWith("\uD83D\uDE00", fragments[^1].Content, StringComparison.Ordinal);
    }
}
