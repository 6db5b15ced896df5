using System.IO.Compression;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using DocumentFormat.OpenXml.Spreadsheet;
using D = DocumentFormat.OpenXml.Drawing;
using P = DocumentFormat.OpenXml.Presentation;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>Presentations, workbooks and OpenDocument texts, made here.</summary>
public sealed class OfficeFilesAreRead(Extractor extractor) : IClassFixture<Extractor>
{
    [Fact]
    public async Task A_presentation_gives_a_page_for_each_slide()
    {
        var path = extractor.NewPath(".pptx");
        using (var pptx = PresentationDocument.Create(path, PresentationDocumentType.Presentation))
        {
            var presentation = pptx.AddPresentationPart();
            presentation.Presentation = new Presentation(new SlideIdList());
            var first = AddSlide(presentation, 256, Shape(PlaceholderValues.Body, "Watch", "Learn"), Shape(PlaceholderValues.Title, "Risks"));
            AddSlide(presentation, 257, Shape(null, "No title here."));
            first.AddNewPart<NotesSlidePart>().NotesSlide = new NotesSlide(new CommonSlideData(new ShapeTree(
                Shape(PlaceholderValues.SlideNumber, "1"), Shape(PlaceholderValues.Body, "Speak slowly."))));
        }

        var fragments = await extractor.FragmentsAsync(path, ContentTypes.Pptx);

        Assert.Equal(ContentTypes.Pptx, (await ContentSniffer.DetectAsync(path, "x.zip", Extractor.Stop)).MimeType);
        Assert.Equal(
            [(1, FragmentType.Heading, "Risks", null), (1, FragmentType.List, "Watch", "Risks"), (1, FragmentType.List, "Learn", "Risks"),
                (1, FragmentType.Paragraph, "Speak slowly.", "Risks"), (2, FragmentType.Paragraph, "No title here.", null)],
            fragments.Select(f => (f.PageNumber ?? 0, f.Kind, f.Content, f.HeadingPath)));
    }

    [Fact]
    public async Task A_workbook_gives_rows_as_they_are_shown_below_their_sheets()
    {
        var path = extractor.NewPath(".xlsx");
        using (var xlsx = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook))
        {
            var workbook = xlsx.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new Fonts(new S.Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14 }, new CellFormat { NumberFormatId = 10 }));
            workbook.Workbook = new Workbook(new Sheets(
                AddSheet(workbook, "Models", 1, Row(1, "Register of models"), Row(3, "Name", "Since", "Share"), Row(4, "Scorer", (45_000, 1u), (0.125, 2u)), Row(5, "Ranker", "", (1, 2u))),
                AddSheet(workbook, "Notes", 2, Row(1, "Seen", "by the board"))));
        }

        var fragments = await extractor.FragmentsAsync(path, ContentTypes.Xlsx);

        Assert.Equal(
            [(FragmentType.Heading, "Models"), (FragmentType.Row, "Register of models"), (FragmentType.Row, "Name\tSince\tShare"),
                (FragmentType.Row, "Name: Scorer\nSince: 2023-03-15\nShare: 12.50%"), (FragmentType.Row, "Name: Ranker\nShare: 100.00%"),
                (FragmentType.Heading, "Notes"), (FragmentType.Row, "Seen\tby the board")],
            fragments.Select(f => (f.Kind, f.Content)));
    }

    [Fact]
    public async Task A_large_sheet_is_read_in_bounded_memory_and_its_rows_are_put_together()
    {
        await using var small = new Extractor(new ExtractionOptions { MemoryLimit = 96 * 1024 * 1024 });
        var path = small.NewPath(".xlsx");
        using (var xlsx = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook))
        {
            var workbook = xlsx.AddWorkbookPart();
            workbook.Workbook = new Workbook(new Sheets(AddSheet(workbook, "Log", 1, [.. Enumerable.Range(1, 60_000).Select(i => Row(i, "event", (i, 0u), (i * 2, 0u)))])));
        }

        var fragments = await small.FragmentsAsync(path, ContentTypes.Xlsx);

        Assert.InRange(fragments.Count, 10_000, 15_000);
        Assert.Contains("event\t60000\t120000", fragments[^1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_opendocument_text_gives_headings_lists_tables_and_notes()
    {
        var path = await OdtAsync("""
            <text:h text:outline-level="1">Scope</text:h><text:p>All<text:s text:c="2"/>models<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>, always.</text:p><text:list><text:list-item><text:p>An item</text:p></text:list-item></text:list>
            <text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>
            <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>
            """);

        var fragments = await extractor.FragmentsAsync(path, ContentTypes.Odt);

        Assert.Equal(ContentTypes.Odt, (await ContentSniffer.DetectAsync(path, "x.docx", Extractor.Stop)).MimeType);
        Assert.Equal(
            [(FragmentType.Heading, "Scope"), (FragmentType.Paragraph, "A note."), (FragmentType.Paragraph, "All  models, always."), (FragmentType.List, "An item"), (FragmentType.Table, "a\tb")],
            fragments.Select(f => (f.Kind, f.Content)));
    }

    [Fact]
    public async Task An_encrypted_opendocument_text_says_so()
    {
        var path = await OdtAsync("<text:p>x</text:p>", """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>""");

        var (outcome, _) = await extractor.ExtractAsync(path, ContentTypes.Odt);

        Assert.Contains("password", Assert.IsType<ExtractionOutcome.Failed>(outcome).Reason, StringComparison.Ordinal);
    }

    private async Task<string> OdtAsync(string body, string manifest = "<manifest/>")
    {
        var path = extractor.NewPath(".odt");
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, Extractor.Stop);
        (string Name, string Text)[] members =
        [
            ("mimetype", ContentTypes.Odt),
            ("META-INF/manifest.xml", manifest),
            ("content.xml", $"""
                <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
                xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>{body}</office:text></office:body></office:document-content>
                """),
        ];
        foreach (var (name, text) in members)
        {
            await using var member = new StreamWriter(await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(Extractor.Stop));
            await member.WriteAsync(text);
        }

        return path;
    }

    private static SlidePart AddSlide(PresentationPart presentation, uint id, params P.Shape[] shapes)
    {
        var part = presentation.AddNewPart<SlidePart>();
        part.Slide = new Slide(new CommonSlideData(new ShapeTree(shapes)));
        presentation.Presentation!.SlideIdList!.Append(new SlideId { Id = id, RelationshipId = presentation.GetIdOfPart(part) });
        return part;
    }

    private static P.Shape Shape(PlaceholderValues? place, params string[] lines) => new(
        new P.NonVisualShapeProperties(
            new P.NonVisualDrawingProperties { Id = 1, Name = "" }, new P.NonVisualShapeDrawingProperties(),
            new ApplicationNonVisualDrawingProperties(place is { } type ? [new PlaceholderShape { Type = type }] : [])),
        new P.TextBody(lines.Select(line => new D.Paragraph(new D.Run(new D.Text(line))))));

    private static Sheet AddSheet(WorkbookPart workbook, string name, uint id, params Row[] rows)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetData(rows));
        return new Sheet { Name = name, SheetId = id, Id = workbook.GetIdOfPart(part) };
    }

    private static Row Row(int number, params object[] values) => new(values.Select((value, i) => new Cell
    {
        CellReference = $"{(char)('A' + i)}{number}",
        DataType = value is string ? CellValues.InlineString : null,
        InlineString = value is string text ? new InlineString(new S.Text(text)) : null,
        CellValue = value switch { (int n, uint) => new CellValue(n), (double n, uint) => new CellValue(n), _ => null },
        StyleIndex = value switch { (int, uint style) => style, (double, uint style) => style, _ => null },
    }))
    { RowIndex = (uint)number };
}
