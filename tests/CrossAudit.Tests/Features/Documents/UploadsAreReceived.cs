using System.Net;
using System.Text;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Uploads: what is taken, and what is refused without a trace.</summary>
public sealed class UploadsAreReceived(ServerSet servers)
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_type_is_found_from_the_content_whatever_the_name(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));

        var upload = await founder.UploadAsync("really.pdf", "<!DOCTYPE html><html><body><p>A heron stands.</p></body></html>"u8.ToArray(), Stop);

        Assert.Equal(("text/html", "really.pdf", 1), (upload.MimeType, upload.Filename, upload.VersionNumber));
        var document = await founder.UntilSettledAsync(upload.DocumentId);
        Assert.Equal((DocumentStatus.Indexed, "text/html", "really", upload.Checksum, upload.Size), (document.Status, document.MimeType, document.Title, document.Checksum, document.FileSize));
    }

    [Theory, EveryShape]
    public async Task What_cannot_be_governed_is_refused_by_what_it_is(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("A heron stands.");

        var refused = await server.RefusesAsync(founder, 415, ErrorCodes.FileTypeUnsupported, () => founder.UploadAsync("report.pdf", Png, Stop));
        Assert.Contains("PNG image", refused.Detail, StringComparison.Ordinal);
        using var stream = new MemoryStream(Png);
        await server.RefusesAsync(founder, 415, ErrorCodes.FileTypeUnsupported, () => founder.Client.Documents.UploadVersionAsync(document.Id, stream, "report.pdf", stop: Stop));
        AssertWorkFolderEmpty(server);
    }

    [Theory, EveryShape]
    public async Task A_form_without_a_good_file_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        await server.RefusesAsync(founder, 400, ErrorCodes.FileEmpty, () => founder.AskAsync(HttpMethod.Post, Uploads.Route, Uploads.File("a.txt", [])));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Post, Uploads.Route, Uploads.Form("form-data; name=\"title\"", "A title"u8.ToArray())));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Post, Uploads.Route, Uploads.Form("form-data; name=\"other\"; filename=\"a.txt\"", "Words"u8.ToArray())));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Post, Uploads.Route, Uploads.File("", "Words"u8.ToArray())));
        await server.RefusesAsync(founder, 415, ErrorCodes.MediaTypeUnsupported, () => founder.AskAsync(HttpMethod.Post, Uploads.Route, Refusals.Json("{}")));
        await server.RefusesAsync(founder, 415, ErrorCodes.MediaTypeUnsupported, () => founder.AskAsync(HttpMethod.Post, Uploads.Route));
        using var cut = new ByteArrayContent("--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nWor"u8.ToArray());
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=border");
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Post, Uploads.Route, cut));
        using var words = new MemoryStream("Words"u8.ToArray());
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Documents.UploadAsync(words, "a.txt", new UploadFields { Title = new string('x', 301) }, Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.UploadVersionAsync(Guid.CreateVersion7(), "Words", Stop));
        AssertWorkFolderEmpty(server);
    }

    [Theory, EveryShape]
    public async Task A_file_over_the_limit_is_refused_and_leaves_nothing(Shape shape)
    {
        await using var server = await servers.StartAsync(shape, new Dictionary<string, string?> { ["MAX_FILE_SIZE"] = "2048" });
        var founder = await Person.FounderAsync(server);
        Assert.Equal(2048, (await founder.UploadAsync("fits.txt", Text(2048), Stop)).Size);
        await founder.UntilSettledAsync((await founder.Client.Documents.ListAsync(stop: Stop)).Items[0].Id);

        await server.RefusesAsync(founder, 413, ErrorCodes.FileTooLarge, () => founder.UploadAsync("big.txt", Text(2049), Stop));
        // Far over the limit the server may hang up before the client has sent it all; what counts is that nothing is stored.
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);
        try
        {
            await founder.UploadAsync("huge.txt", Text(3 * 1024 * 1024), Stop);
            Assert.Fail("It was taken.");
        }
        catch (CrossAuditException refused)
        {
            Assert.Equal(413, refused.Problem.Status);
        }
        catch (HttpRequestException)
        {
            // Hung up on.
        }
        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
        AssertWorkFolderEmpty(server);
    }

    [Theory, EveryShape]
    public async Task Any_file_name_is_made_safe_and_comes_back_in_a_safe_header(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var cases = new (string Disposition, string Stored)[]
        {
            ("form-data; name=\"file\"; filename=\"../../etc/passwd\"", "passwd"),
            (@"form-data; name=""file""; filename=""C:\\Users\\me\\plan.txt""", "plan.txt"),
            ("form-data; name=\"file\"; filename=\"say \\\"hi\\\".txt\"", "say \"hi\".txt"),
            ("form-data; name=\"file\"; filename=\"..\"", "file"),
            ("form-data; name=\"file\"; filename*=UTF-8''evil%0D%0ASet-Cookie%3A%20a%3Db.txt", "evilSet-Cookie: a=b.txt"),
            ("form-data; name=\"file\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%E6%97%A5%E6%9C%AC.txt", "Grüße 日本.txt"),
            ($"form-data; name=\"file\"; filename=\"{new string('x', 400)}.txt\"", new string('x', 251) + ".txt"),
        };
        foreach (var (disposition, stored) in cases)
        {
            using var answer = await founder.AskAsync(HttpMethod.Post, Uploads.Route, Uploads.Form(disposition, Encoding.UTF8.GetBytes($"A heron: {stored}")));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var document = (await founder.Client.Documents.ListAsync(limit: 1, stop: Stop)).Items[0];
            Assert.EndsWith($"/api/documents/{document.Id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.Equal(stored, (await founder.Client.Documents.GetVersionAsync(document.Id, 1, Stop)).Filename);

            using var content = await founder.AskAsync(HttpMethod.Get, $"api/documents/{document.Id}/content");
            Assert.False(content.Headers.Contains("Set-Cookie"));
            Assert.StartsWith("attachment;", Assert.Single(content.Content.Headers.GetValues("Content-Disposition")), StringComparison.Ordinal);
            Assert.Equal(stored, content.Content.Headers.ContentDisposition!.FileNameStar);
        }
    }

    private static byte[] Text(int length) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("A heron stands. ", (length / 16) + 1))[..length]);

    private static void AssertWorkFolderEmpty(RunningServer server) => Assert.Empty(Directory.GetFiles(server.Settings.WorkDirectory, "upload-*"));
}
