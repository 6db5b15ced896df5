using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>An old version is brought back as a new one: nothing is taken away, and nothing rewritten.</summary>
public sealed class VersionsComeBack(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_old_content_is_the_newest_version_and_is_found(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = await WithTwoVersionsAsync(founder);

        var restored = await founder.Client.Documents.RestoreVersionAsync(id, 1, stop: Stop);

        var first = await founder.Client.Documents.GetVersionAsync(id, 1, Stop);
        Assert.Equal((3, "restore", first.Id, first.ContentHash, true), (restored.VersionNumber, restored.ChangeType, restored.ParentVersionId, restored.ContentHash, restored.IsActive));
        await founder.UntilSettledAsync(id);
        Assert.Equal("A bittern hides."u8.ToArray(), await founder.ContentAsync(id));
        Assert.Equal(3, Assert.Single((await founder.Client.Documents.SearchAsync("bittern", Stop)).Items).Fragment.VersionNumber);
        Assert.Empty((await founder.Client.Documents.SearchAsync("crane", Stop)).Items);
        var told = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentVersionRestored));
        Assert.Equal((1, 3), ((int)told.Metadata!["from_version"]!, (int)told.Metadata["version_number"]!));
    }

    [Theory, EveryShape]
    public async Task What_is_current_already_adds_no_version(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = await WithTwoVersionsAsync(founder);
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);

        using var answer = await founder.AskAsync(HttpMethod.Post, $"api/documents/{id}/versions/2/restore");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task Restoring_and_uploading_at_once_leave_no_gap(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var id = await WithTwoVersionsAsync(founder);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => n % 2 == 0 ? (Task)founder.Client.Documents.RestoreVersionAsync(id, 1, stop: Stop) : founder.UploadVersionAsync(id, $"Text {n}.", Stop)));

        var numbers = (await founder.Client.Documents.ListVersionsAsync(id, limit: 100, stop: Stop)).Items.Select(v => v.VersionNumber).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Reverse(), numbers);
        Assert.InRange(numbers.Count, 11, 18);
    }

    [Theory, EveryShape]
    public async Task The_unauthorized_the_stale_and_what_is_not_there_are_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (viewer, stranger) = (await founder.AddMemberAsync("viewer"), await Person.FounderAsync(server));
        var id = await WithTwoVersionsAsync(founder);

        await server.RefusesAsync(viewer, 403, ErrorCodes.PermissionDenied, () => viewer.Client.Documents.RestoreVersionAsync(id, 1, stop: Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => stranger.Client.Documents.RestoreVersionAsync(id, 1, stop: Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.RestoreVersionAsync(id, 3, stop: Stop));
        await server.RefusesAsync(founder, 412, ErrorCodes.PreconditionFailed, () => founder.Client.Documents.RestoreVersionAsync(id, 1, "\"0\"", Stop));
    }

    internal static async Task<Guid> WithTwoVersionsAsync(Person founder)
    {
        var document = await founder.UploadTextAsync("A bittern hides.");
        await founder.UploadVersionAsync(document.Id, "A crane dances.", Stop);
        return (await founder.UntilSettledAsync(document.Id)).Id;
    }
}
