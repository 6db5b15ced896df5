using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Versions: numbered without gaps, never changed, and handed out byte for byte.</summary>
public sealed class VersionsFollowEachOther(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Versions_are_listed_newest_first_and_read_one_by_one(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("The first text.");
        await founder.UploadVersionAsync(document.Id, "The second text, longer.", Stop);
        await founder.UntilSettledAsync(document.Id);

        var versions = (await founder.Client.Documents.ListVersionsAsync(document.Id, stop: Stop)).Items;
        Assert.Equal([2, 1], versions.Select(v => v.VersionNumber));
        Assert.Equal([true, false], versions.Select(v => v.IsActive));
        Assert.Equal(("update", "Says 24", versions[1].Id), (versions[0].ChangeType, versions[0].ChangeDescription, versions[0].ParentVersionId));
        Assert.Equal(("initial", null, null), (versions[1].ChangeType, versions[1].ChangeDescription, versions[1].ParentVersionId));
        Assert.Equal(versions[1].AsJson(), (await founder.Client.Documents.GetVersionAsync(document.Id, 1, Stop)).AsJson());
        Assert.Equal((2, 2), ((await founder.Client.Documents.GetAsync(document.Id, Stop)).Value.CurrentVersion, versions.Count));
        foreach (var number in new[] { 0, 3 })
            await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.GetVersionAsync(document.Id, number, Stop));
    }

    [Theory, EveryShape]
    public async Task The_same_bytes_again_add_no_version(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("The first text.");
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);

        using var answer = await founder.AskAsync(HttpMethod.Post, $"api/documents/{document.Id}/upload", Uploads.File("other.txt", "The first text."u8.ToArray()));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
        Assert.Equal(2, (await founder.UploadVersionAsync(document.Id, "The second text.", Stop)).VersionNumber);
        Assert.Equal(3, (await founder.UploadVersionAsync(document.Id, "The first text.", Stop)).VersionNumber);
    }

    [Theory, EveryShape]
    public async Task Sixty_four_uploads_at_once_make_sixty_four_versions_without_a_gap(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Busy" }, Stop)).Value.Id;

        var uploads = await Task.WhenAll(Enumerable.Range(1, 64).Select(n => founder.UploadVersionAsync(id, $"Text number {n}.", Stop)));

        Assert.Equal(Enumerable.Range(1, 64), uploads.Select(u => u.VersionNumber).Order());
        var versions = (await founder.Client.Documents.ListVersionsAsync(id, limit: 100, stop: Stop)).Items;
        Assert.Equal(Enumerable.Range(1, 64), versions.Select(v => v.VersionNumber).Order());
        Assert.Equal(64, versions.Select(v => v.ContentHash).Distinct().Count());
        Assert.All(versions.Zip(versions.Skip(1)), pair => Assert.Equal(pair.Second.Id, pair.First.ParentVersionId));
        var document = await founder.UntilSettledAsync(id);
        Assert.Equal((64, versions[0].ContentHash), (document.CurrentVersion, document.Checksum));
    }

    [Theory, EveryShape]
    public async Task Content_is_handed_out_whole_in_parts_or_not_again(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(n => $"line {n}\n")));
        var id = (await founder.UploadAsync("lines.txt", bytes, Stop)).DocumentId;
        await founder.UntilSettledAsync(id);
        var path = $"api/documents/{id}/content";
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";

        using var whole = await founder.AskAsync(HttpMethod.Get, path);
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal((tag, "text/plain", "nosniff"), (whole.Headers.ETag!.ToString(), whole.Content.Headers.ContentType!.MediaType, whole.Headers.GetValues("X-Content-Type-Options").Single()));
        using var part = await founder.AskAsync(HttpMethod.Get, path, null, ("Range", "bytes=1000-1999"));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[1000..2000], await part.Content.ReadAsByteArrayAsync(Stop));
        using var end = await founder.AskAsync(HttpMethod.Get, $"api/documents/{id}/versions/1/content", null, ("Range", "bytes=-10"));
        Assert.Equal(bytes[^10..], await end.Content.ReadAsByteArrayAsync(Stop));
        using var known = await founder.AskAsync(HttpMethod.Get, path, null, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var beyond = await founder.SendAsync(HttpMethod.Get, path, null, ("Range", "bytes=99999999-"));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Theory, EveryShape]
    public async Task A_document_without_a_version_has_no_content(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Empty" }, Stop)).Value.Id;

        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.DownloadAsync(id, stop: Stop));
        Assert.Empty((await founder.Client.Documents.ListFragmentsAsync(id, stop: Stop)).Items);
    }
}
