using System.Text;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;

namespace CrossAudit.Tests.Features.Documents.Extraction;

public sealed class RtfIsRead(Extractor extractor) : IClassFixture<Extractor>
{
    [Fact]
    public async Task Headings_paragraphs_lists_tables_and_notes_come_out()
    {
        var fragments = await ReadAsync("""
            {\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Cyr;}}{\stylesheet{Normal;}{\s1 heading 1;}{\s2\outlinelevel1 Sub;}}{\info{\title Hidden}}
            \pard\s1 Scope\par\pard\s2 Models\par
            \pard Be {\b fair}, \'e4lways\u8212 ?now{\footnote\pard A note.} and then.\par
            \pard\ls1{\listtext 1.\tab}An item\par
            \trowd\pard\intbl a\cell b\cell\row\trowd\pard\intbl c\cell d\cell\row
            \pard{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}{\pict 89504e47}{\*\unknown gone}{\deleted gone} end\par}
            """);

        Assert.Equal(
            [(FragmentType.Heading, "Scope"), (FragmentType.Heading, "Models"), (FragmentType.Paragraph, "A note."), (FragmentType.Paragraph, "Be fair, älways—now and then."),
                (FragmentType.List, "An item"), (FragmentType.Table, "a\tb\nc\td"), (FragmentType.Paragraph, "Привет end")],
            fragments.Select(f => (f.Kind, f.Content)));
        Assert.Equal("Scope > Models", fragments[^1].HeadingPath);
    }

    [Theory]
    [InlineData(@"{\rtf1 cut \'4")]
    [InlineData(@"{\rtf1 cut \u")]
    [InlineData(@"{\rtf1 cut {\bin9999 xx")]
    [InlineData(@"{\rtf1 cut}}}}}}")]
    public async Task What_is_cut_off_or_unbalanced_is_read_as_far_as_it_goes(string rtf) =>
        Assert.Equal("cut", Assert.Single(await ReadAsync(rtf)).Content);

    [Fact]
    public async Task Groups_nested_without_end_are_refused()
    {
        var path = extractor.NewPath(".rtf");
        await File.WriteAllTextAsync(path, @"{\rtf1 " + new string('{', 1_000_000), Extractor.Stop);

        var (outcome, _) = await extractor.ExtractAsync(path, ContentTypes.Rtf);

        Assert.Equal(new ExtractionOutcome.Failed("The file nests more than 10,000 groups in one another."), outcome);
    }

    [Fact]
    public async Task Any_bytes_after_the_mark_end_in_an_outcome()
    {
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var noise = new byte[2000];
            random.NextBytes(noise);
            var path = extractor.NewPath(".rtf");
            await File.WriteAllBytesAsync(path, [.. @"{\rtf1 "u8, .. noise], Extractor.Stop);

            var (outcome, fragments) = await extractor.ExtractAsync(path, ContentTypes.Rtf);

            Assert.NotNull(outcome);
            Extractor.Fit(fragments);
        }
    }

    private async Task<List<ExtractedFragment>> ReadAsync(string rtf)
    {
        var path = extractor.NewPath(".rtf");
        await File.WriteAllTextAsync(path, rtf, Encoding.Latin1, Extractor.Stop);
        Assert.Equal(ContentTypes.Rtf, (await ContentSniffer.DetectAsync(path, "x.txt", Extractor.Stop)).MimeType);
        return await extractor.FragmentsAsync(path, ContentTypes.Rtf);
    }
}
