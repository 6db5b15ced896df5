using System.Text;
using CrossAudit.Server.Features.Documents.Extraction;

namespace CrossAudit.Tests.Features.Documents.Extraction;

public sealed class TypesAreDecidedFromContent(Extractor extractor) : IClassFixture<Extractor>
{
    [Theory]
    [InlineData("\x89PNG\r\n\x1A\n", "scan.pdf", ContentTypes.Png, "a PNG image")]
    [InlineData("GIF89a", "a.txt", ContentTypes.Gif, "a GIF image")]
    [InlineData("\xFF\xD8\xFF\xE0", "a.docx", ContentTypes.Jpeg, "a JPEG image")]
    [InlineData("\x7F" + "ELF\x02", "a.csv", ContentTypes.Executable, "a program")]
    [InlineData("%PDF-1.7\n", "a.txt", ContentTypes.Pdf, "a PDF document")]
    [InlineData("<!DOCTYPE html><p>", "a.docx", ContentTypes.Html, "an HTML page")]
    [InlineData("# Title", "a.md", ContentTypes.Markdown, "a Markdown text")]
    [InlineData("<p align=center>", "README.md", ContentTypes.Markdown, "a Markdown text")]
    [InlineData("a,b", "a.csv", ContentTypes.Csv, "a CSV table")]
    [InlineData("a,b", "a.pdf", ContentTypes.PlainText, "a plain text")]
    [InlineData("To: Ann\nFrom: Bob\nSubject: Lunch\n\nToday.", "memo.txt", ContentTypes.PlainText, "a plain text")]
    [InlineData("MIME-Version: 1.0\nFrom: Bob\nSubject: Lunch\n\nToday.", "memo.txt", ContentTypes.Email, "an e-mail message")]
    [InlineData("From: Bob\nSubject: Lunch\nDate: today\n\nToday.", "a.eml", ContentTypes.Email, "an e-mail message")]
    [InlineData("{\\rtf1 x}", "a.doc", ContentTypes.Rtf, "an RTF document")]
    [InlineData("text\0text", "a.txt", ContentTypes.OctetStream, "a binary file of an unknown type")]
    public async Task The_name_does_not_matter_unless_it_is_text(string latin1, string name, string mimeType, string description)
    {
        var content = await DetectAsync(Encoding.Latin1.GetBytes(latin1), name);

        Assert.Equal((mimeType, description), (content.MimeType, content.Description));
    }

    [Fact]
    public async Task Noise_is_no_text()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var noise = new byte[random.Next(64, 4096)];
            random.NextBytes(noise);
            Assert.False((await DetectAsync(noise, "noise.txt")).IsSupported);
        }
    }

    [Theory]
    [InlineData(65535)]
    [InlineData(65534)]
    [InlineData(65533)]
    public async Task A_character_cut_by_the_end_of_the_prefix_does_not_hurt(int before)
    {
        var text = new string('a', before) + string.Concat(Enumerable.Repeat("€", 100));

        Assert.Equal(ContentTypes.PlainText, (await DetectAsync(Encoding.UTF8.GetBytes(text), "a.txt")).MimeType);
    }

    private async Task<DetectedContent> DetectAsync(byte[] bytes, string name)
    {
        var path = extractor.NewPath(".bin");
        await File.WriteAllBytesAsync(path, bytes, Extractor.Stop);
        return await ContentSniffer.DetectAsync(path, name, Extractor.Stop);
    }
}
