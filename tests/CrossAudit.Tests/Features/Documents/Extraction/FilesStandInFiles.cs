using System.IO.Compression;
using System.Text;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using MimeKit;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>Archives and mails: what stands in them is read below its name, within limits for all of it.</summary>
public sealed class FilesStandInFiles(Extractor extractor) : IClassFixture<Extractor>
{
    [Fact]
    public async Task A_member_is_a_section_below_its_name()
    {
        var path = await ZipAsync(("a/plan.md", "# Plan\n\nFirst things."u8.ToArray()), ("b.txt", "Second."u8.ToArray()), ("a/", []), ("__MACOSX/x", "x"u8.ToArray()));

        var fragments = await extractor.FragmentsAsync(path, ContentTypes.Zip);

        Assert.Equal(
            [("a/plan.md", null), ("Plan", "a/plan.md"), ("First things.", "a/plan.md > Plan"), ("b.txt", null), ("Second.", "b.txt")],
            fragments.Select(f => (f.Content, f.HeadingPath)));
    }

    [Fact]
    public async Task What_cannot_be_read_is_left_out_and_named()
    {
        var path = await ZipAsync(("ok.txt", "Fine."u8.ToArray()), ("broken.docx", "PK\x03\x04 word/ and no more"u8.ToArray()), ("photo.png", "\x89PNG\r\n\x1A\n"u8.ToArray()[1..]), ("empty.txt", []));

        var (outcome, fragments) = await extractor.ExtractAsync(path, ContentTypes.Zip);

        Assert.Equal(["ok.txt", "Fine."], fragments.Select(f => f.Content));
        var omitted = Assert.IsType<ExtractionOutcome.Extracted>(outcome).Omitted;
        Assert.Contains("broken.docx (damaged: it is no complete Word document)", omitted, StringComparison.Ordinal);
        Assert.Contains("empty.txt (no text)", omitted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_is_limited()
    {
        var bytes = "Deep down."u8.ToArray();
        var name = "deep.txt";
        for (var i = 0; i < 4; i++)
            (bytes, name) = (await File.ReadAllBytesAsync(await ZipAsync((name, bytes)), Extractor.Stop), $"{i}.zip");

        Assert.Contains("Deep down.", (await extractor.FragmentsAsync(await WriteAsync(bytes), ContentTypes.Zip)).Select(f => f.Content));

        var (outcome, _) = await extractor.ExtractAsync(await ZipAsync((name, bytes)), ContentTypes.Zip);
        Assert.Contains("deep.txt in 0.zip in 1.zip in 2.zip in 3.zip (nested too deeply)", Assert.IsType<ExtractionOutcome.Failed>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_files_and_what_they_expand_to_are_limited()
    {
        var many = await ZipAsync([.. Enumerable.Range(0, 1001).Select(i => ($"{i}.txt", "x"u8.ToArray()))]);
        Assert.Equal(new ExtractionOutcome.Failed("The file holds more than 1,000 files."), (await extractor.ExtractAsync(many, ContentTypes.Zip)).Outcome);

        var bomb = await ZipAsync(("zeros.txt", new byte[8 * 1024 * 1024]));
        Assert.Equal(new ExtractionOutcome.Failed("A file in it expands to more than 100 times its size."), (await extractor.ExtractAsync(bomb, ContentTypes.Zip)).Outcome);
        await extractor.StillWorksAsync();
    }

    [Theory]
    [InlineData("../up.txt")]
    [InlineData("a/../../up.txt")]
    [InlineData("/etc/up.txt")]
    [InlineData(@"..\up.txt")]
    [InlineData(@"C:\up.txt")]
    public async Task A_name_that_leads_out_of_the_archive_is_left_out(string name)
    {
        var (outcome, _) = await extractor.ExtractAsync(await ZipAsync((name, "Evil."u8.ToArray())), ContentTypes.Zip);

        Assert.Contains("its name leads out of the archive", Assert.IsType<ExtractionOutcome.Failed>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_called_word_makes_no_word_document()
    {
        var path = await ZipAsync(("word/a.txt", "Words."u8.ToArray()));

        Assert.Equal(ContentTypes.Zip, (await ContentSniffer.DetectAsync(path, "x.docx", Extractor.Stop)).MimeType);
    }

    [Fact]
    public async Task A_mail_gives_its_subject_headers_body_and_attachments()
    {
        var inner = new MimeMessage { Subject = "Before", Body = new TextPart("plain") { Text = "The older mail." } };
        var mail = new MimeMessage { Subject = "Prüfung", Date = new DateTimeOffset(2026, 1, 31, 9, 5, 0, TimeSpan.Zero) };
        mail.From.Add(new MailboxAddress("Ann Öz", "ann@example.org"));
        mail.To.Add(new MailboxAddress("Bob", "bob@example.org"));
        mail.Body = new Multipart("mixed")
        {
            new MultipartAlternative { new TextPart("plain") { Text = "Plain." }, new TextPart("html") { Text = "<h1>Result</h1><p>All is <b>well</b>.</p>" } },
            new TextPart("csv") { Text = "Name;Größe\nAnn;1\n", FileName = "größen.csv", ContentDisposition = new ContentDisposition("attachment") { FileName = "größen.csv" } },
            new MessagePart { Message = inner },
            new MimePart("image", "png") { Content = new MimeContent(new MemoryStream([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])), FileName = "p.png", ContentTransferEncoding = ContentEncoding.Base64 },
        };
        var path = extractor.NewPath(".eml");
        await mail.WriteToAsync(path, Extractor.Stop);

        var (outcome, fragments) = await extractor.ExtractAsync(path, ContentTypes.Email);

        Assert.Equal(ContentTypes.Email, (await ContentSniffer.DetectAsync(path, "x.txt", Extractor.Stop)).MimeType);
        Assert.Equal(
            [("Prüfung", null), ("From: \"Ann Öz\" <ann@example.org>\nTo: \"Bob\" <bob@example.org>\nDate: Sat, 31 Jan 2026 09:05:00 +0000\nAttachments: größen.csv, Before.eml, p.png", "Prüfung"),
                ("Result", "Prüfung"), ("All is well.", "Prüfung > Result"), ("größen.csv", null), ("Name\tGröße", "größen.csv"), ("Name: Ann\nGröße: 1", "größen.csv"),
                ("Before.eml", null), ("Before", "Before.eml")],
            fragments.Select(f => (f.Content, f.HeadingPath)).Take(9));
        Assert.Equal(("The older mail.", FragmentType.Paragraph), (fragments[^1].Content, fragments[^1].Kind));
        Assert.Equal("Not read: p.png (a PNG image).", Assert.IsType<ExtractionOutcome.Extracted>(outcome).Omitted);
    }

    private async Task<string> ZipAsync(params (string Name, byte[] Content)[] members)
    {
        var buffer = new MemoryStream();
        await using (var zip = await ZipArchive.CreateAsync(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, Extractor.Stop))
        {
            foreach (var (name, content) in members)
            {
                await using var member = await zip.CreateEntry(name).OpenAsync(Extractor.Stop);
                await member.WriteAsync(content, Extractor.Stop);
            }
        }

        return await WriteAsync(buffer.ToArray());
    }

    private async Task<string> WriteAsync(byte[] bytes)
    {
        var path = extractor.NewPath(".bin");
        await File.WriteAllBytesAsync(path, bytes, Extractor.Stop);
        return path;
    }
}
