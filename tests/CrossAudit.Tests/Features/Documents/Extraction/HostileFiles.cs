using CrossAudit.Server.Features.Documents.Extraction;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>Files made to break parsers. Each ends in a refusal, a readable reason or text, and the next file is read.</summary>
public sealed class HostileFiles(Extractor extractor) : IClassFixture<Extractor>
{
    /// <summary>What the content is, and a word of the reason; null where the file may also turn out readable.</summary>
    private static readonly Dictionary<string, (string MimeType, string? Reason)> Expected = new()
    {
        ["truncated-40-percent.pdf"] = (ContentTypes.Pdf, "damaged"),
        ["truncated-60-percent.docx"] = (ContentTypes.Docx, "damaged"),
        ["zero-byte.pdf"] = (ContentTypes.PlainText, "no text"),
        ["zero-byte.docx"] = (ContentTypes.PlainText, "no text"),
        ["only-whitespace.txt"] = (ContentTypes.PlainText, "no text"),
        ["password-required-1234.pdf"] = (ContentTypes.Pdf, "password"),
        ["password-required.docx"] = (ContentTypes.OleCompound, "password"),
        ["password-required.xlsx"] = (ContentTypes.OleCompound, "password"),
        ["png-named.pdf"] = (ContentTypes.Png, "PNG image"),
        ["html-named.docx"] = (ContentTypes.Html, null),
        ["random-bytes.pdf"] = (ContentTypes.OctetStream, "binary"),
        ["random-bytes.txt"] = (ContentTypes.OctetStream, "binary"),
        ["xref-loop.pdf"] = (ContentTypes.Pdf, null),
        ["deep-object-nesting.pdf"] = (ContentTypes.PlainText, null),
        ["fuzzed-no-pages.pdf"] = (ContentTypes.Pdf, null),
        ["fuzzed-sixteen-pages.pdf"] = (ContentTypes.Pdf, null),
        ["malformed.pptx"] = (ContentTypes.Pptx, null),
        ["zip-slip-names.zip"] = (ContentTypes.Zip, null),
        ["zip-of-itself.zip"] = (ContentTypes.Zip, "nested too deeply"),
        ["zip-bomb-10mb-nested.zip"] = (ContentTypes.Zip, "expands to more than"),
        ["docx-bomb-64mb.docx"] = (ContentTypes.Docx, "expands to more than"),
        ["xml-entity-expansion.docx"] = (ContentTypes.Docx, "damaged"),
        ["html-100000-nested-divs.html"] = (ContentTypes.Html, null),
        ["markdown-nested-quotes.md"] = (ContentTypes.Markdown, null),
        ["mail-300-nested-multiparts.eml"] = (ContentTypes.Email, null),
    };

    public static IEnumerable<TheoryDataRow<string>> All() => SharedData.Folder is null
        ? [new TheoryDataRow<string>("../shared/data/hostile") { Skip = SharedData.Absent }]
        : SharedData.HostileFiles().Select(f => new TheoryDataRow<string>(f.GetProperty("file").GetString()!));

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_ends_in_time_with_a_reason_and_the_next_file_is_read(string file)
    {
        var (mimeType, expected) = Expected[file];
        var path = SharedData.Hostile(file);
        var started = TimeProvider.System.GetTimestamp();

        var content = await ContentSniffer.DetectAsync(path, file, Extractor.Stop);
        var (outcome, fragments) = await extractor.ExtractAsync(path, content.MimeType);

        Assert.Equal(mimeType, content.MimeType);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Extractor.Fit(fragments);
        var reason = outcome switch
        {
            ExtractionOutcome.Unsupported unsupported => unsupported.Reason,
            ExtractionOutcome.Failed failed => failed.Reason,
            _ => null,
        };
        if (expected is not null)
            Assert.Contains(expected, reason, StringComparison.Ordinal);
        if (reason is not null)
            Assert.DoesNotContain("Exception", reason, StringComparison.Ordinal);
        await extractor.StillWorksAsync();
    }

    [Fact]
    public async Task Names_that_lead_out_of_an_archive_lead_nowhere()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);

        var (outcome, fragments) = await extractor.ExtractAsync(SharedData.Hostile("zip-slip-names.zip"), ContentTypes.Zip);

        Assert.Equal(["ok/readme.txt", "This member is harmless and may be indexed."], fragments.Select(f => f.Content));
        Assert.Contains("evil.txt (its name leads out of the archive)", Assert.IsType<ExtractionOutcome.Extracted>(outcome).Omitted, StringComparison.Ordinal);
        Assert.False(File.Exists("/tmp/evil.txt"));
    }

    [Theory]
    [InlineData("deep-object-nesting.pdf")]
    [InlineData("random-bytes.pdf")]
    [InlineData("zero-byte.pdf")]
    [InlineData("png-named.pdf")]
    public async Task The_parser_of_pdf_survives_what_sniffing_would_have_kept_from_it(string file)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);

        var (outcome, _) = await extractor.ExtractAsync(SharedData.Hostile(file), ContentTypes.Pdf);

        Assert.StartsWith("The file is damaged: ", Assert.IsType<ExtractionOutcome.Failed>(outcome).Reason, StringComparison.Ordinal);
        await extractor.StillWorksAsync();
    }
}
