using System.Text.Json;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>Every real document of a supported type, through sniffing and a child process.</summary>
public sealed class RealDocuments(Extractor extractor) : IClassFixture<Extractor>
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["pdf"] = ContentTypes.Pdf,
        ["docx"] = ContentTypes.Docx,
        ["html"] = ContentTypes.Html,
        ["md"] = ContentTypes.Markdown,
        ["csv"] = ContentTypes.Csv,
        ["txt"] = ContentTypes.PlainText,
        ["xlsx"] = ContentTypes.Xlsx,
        ["pptx"] = ContentTypes.Pptx,
        ["eml"] = ContentTypes.Email,
        ["zip"] = ContentTypes.Zip,
    };

    public static IEnumerable<TheoryDataRow<string>> Readable() => Rows(type => ContentTypes.IsSupported(Types[type]), withPhrase: true);

    public static IEnumerable<TheoryDataRow<string>> All() => Rows(_ => true, withPhrase: false);

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Its_phrases_stand_on_their_pages(string file)
    {
        var document = SharedData.Documents().Single(d => d.GetProperty("file").GetString() == file);

        var fragments = await extractor.FragmentsAsync(SharedData.Document(file), Types[document.GetProperty("type").GetString()!]);

        foreach (var (phrase, page) in Phrases(document))
        {
            var text = string.Join(' ', fragments.Where(f => page is null || f.PageNumber == page).Select(f => f.Content));
            Assert.Contains(Extractor.Normalize(phrase), Extractor.Normalize(text), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Its_type_is_told_from_its_content(string file)
    {
        var document = SharedData.Documents().Single(d => d.GetProperty("file").GetString() == file);

        var content = await ContentSniffer.DetectAsync(SharedData.Document(file), file, Extractor.Stop);

        Assert.Equal(Types[document.GetProperty("type").GetString()!], content.MimeType);
    }

    [Theory]
    [InlineData("german-patient-leaflet.pdf", "de")]
    [InlineData("korean-report-4-pages.pdf", "ko")]
    [InlineData("arabic-right-to-left.pdf", "ar")]
    [InlineData("russian-windows-1251.html", "ru")]
    [InlineData("python-history-shift-jis.txt", "ja")]
    [InlineData("europarl-german-windows-1252.txt", "de")]
    [InlineData("war-and-peace-utf-16le.txt", "en")]
    [InlineData("aws-newsletter.eml", "en")]
    public async Task Its_language_is_told(string file, string language)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var document = SharedData.Documents().Single(d => d.GetProperty("file").GetString() == file);

        var (outcome, _) = await extractor.ExtractAsync(SharedData.Document(file), Types[document.GetProperty("type").GetString()!]);

        Assert.Equal(language, Assert.IsType<ExtractionOutcome.Extracted>(outcome).Language);
    }

    [Fact]
    public async Task An_archive_gives_a_section_for_each_member_and_says_which_could_not_be_read()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var phrases = SharedData.Documents().Single(d => d.GetProperty("type").GetString() == "zip").GetProperty("member_phrases");

        var (outcome, fragments) = await extractor.ExtractAsync(SharedData.Document("mixed-documents.zip"), ContentTypes.Zip);

        foreach (var member in phrases.EnumerateObject())
        {
            var section = fragments.Where(f => f.HeadingPath?.Split(" > ")[0] == member.Name);
            Assert.Contains(member.Value.GetString()!, Extractor.Normalize(string.Join(' ', section.Select(f => f.Content))), StringComparison.Ordinal);
        }

        Assert.Equal(
            ["testHTML.html", "testOpenOffice2.odt", "testPDF.pdf", "testRTF.rtf", "testTXT.txt", "testXML.xml"],
            fragments.Select(f => f.HeadingPath?.Split(" > ")[0]).OfType<string>().Distinct());
        Assert.Equal(3, Assert.IsType<ExtractionOutcome.Extracted>(outcome).Omitted!.Split("a legacy or password-protected Office file").Length - 1);
    }

    [Fact]
    public async Task A_table_drawn_with_lines_keeps_its_cells()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);

        var fragments = await extractor.FragmentsAsync(SharedData.Document("irs-pub15-with-attachments.pdf"), ContentTypes.Pdf);

        var tables = fragments.Where(f => f.Kind == FragmentType.Table).ToList();
        Assert.All(tables, table => Assert.InRange(table.ConfidenceScore, 0.1, 0.8));
        Assert.Contains(tables, table => table.PageNumber == 31 && table.Content.Contains("2011–Social Security\t$106,800\t10.4%\n2011–Medicare\tAll Wages\t2.9%", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scan_without_a_text_layer_is_unsupported_and_says_so()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);

        var (outcome, _) = await extractor.ExtractAsync(SharedData.Document("scanned-one-page.pdf"), ContentTypes.Pdf);

        Assert.Equal(new ExtractionOutcome.Unsupported("No text layer: the pages are images."), outcome);
    }

    [Fact]
    public async Task The_columns_of_a_paper_are_read_one_after_the_other()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);

        var fragments = await extractor.FragmentsAsync(SharedData.Document("arxiv-2108.11480.pdf"), ContentTypes.Pdf);

        var page = string.Join(' ', fragments.Where(f => f.PageNumber == 1).Select(f => f.Content));
        Assert.Contains("used to re-rank the candidate set", page, StringComparison.Ordinal);
        Assert.Contains("the given sequence. This approach collapses all semantic information contained in a given sequence of text", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("1 INTRODUCTION", StringComparison.Ordinal) < page.IndexOf("2 DENSE RETRIEVAL", StringComparison.Ordinal));
    }

    private static IEnumerable<TheoryDataRow<string>> Rows(Func<string, bool> wanted, bool withPhrase)
    {
        if (SharedData.Folder is null)
            return [new TheoryDataRow<string>("../shared/data/documents") { Skip = SharedData.Absent }];
        return SharedData.Documents()
            .Where(d => wanted(d.GetProperty("type").GetString()!) && (!withPhrase || Phrases(d).Count > 0))
            .Select(d => new TheoryDataRow<string>(d.GetProperty("file").GetString()!));
    }

    private static List<(string Phrase, int? Page)> Phrases(JsonElement document) =>
        [.. from name in (string[])["phrase", "phrase2"]
            where document.TryGetProperty(name, out var phrase) && phrase.ValueKind == JsonValueKind.String
            let page = document.TryGetProperty(name.Replace("phrase", "page"), out var number) && number.ValueKind == JsonValueKind.Number
                ? number.GetInt32()
                : (int?)null
            select (document.GetProperty(name).GetString()!, page)];
}
