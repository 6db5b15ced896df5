using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Labels: who may set them, and for whom a document does not exist.</summary>
public sealed class LabelsHideDocuments(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_default_label_is_restricted_or_ones_own_clearance(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var member = await founder.AddMemberAsync("member");

        Assert.Equal(SensitivityLevel.Restricted, (await CreateAsync(founder, null)).SensitivityLevel);
        Assert.Equal(SensitivityLevel.Confidential, (await CreateAsync(member, null)).SensitivityLevel);
    }

    [Theory, EveryShape]
    public async Task Nobody_labels_above_their_own_clearance(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var own = await CreateAsync(member, SensitivityLevel.Confidential);

        await server.RefusesAsync(member, 403, ErrorCodes.AboveClearance, () => CreateAsync(member, SensitivityLevel.Restricted));
        await server.RefusesAsync(member, 403, ErrorCodes.AboveClearance, () => RelabelAsync(member, own.Id, SensitivityLevel.Restricted, "Higher"));
        using var content = new MemoryStream("Some words."u8.ToArray());
        await server.RefusesAsync(member, 403, ErrorCodes.AboveClearance, () => member.Client.Documents.UploadAsync(content, "a.txt", new UploadFields { SensitivityLevel = SensitivityLevel.Restricted }, Stop));
    }

    [Theory, EveryShape]
    public async Task Lowering_a_label_needs_the_permission_and_a_reason(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, manager) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("manager"));
        var document = await CreateAsync(member, SensitivityLevel.Internal);
        Assert.Equal(SensitivityLevel.Confidential, (await RelabelAsync(member, document.Id, SensitivityLevel.Confidential, null)).SensitivityLevel);

        await server.RefusesAsync(member, 403, ErrorCodes.ReclassifyDenied, () => RelabelAsync(member, document.Id, SensitivityLevel.Public, "Because"));
        var denied = await founder.Client.Audit.ListAsync(new AuditFilter { Action = AuditActions.PermissionDenied, ResourceId = document.Id.ToString() }, stop: Stop);
        Assert.Equal((member.Id, "denied"), (denied.Items.Single().ActorUserId, denied.Items[0].Outcome));
        await server.RefusesAsync(manager, 400, ErrorCodes.ReasonRequired, () => RelabelAsync(manager, document.Id, SensitivityLevel.Public, null));
        await server.RefusesAsync(manager, 400, ErrorCodes.ReasonRequired, () => RelabelAsync(manager, document.Id, SensitivityLevel.Public, "  "));

        Assert.Equal(SensitivityLevel.Public, (await RelabelAsync(manager, document.Id, SensitivityLevel.Public, "Published")).SensitivityLevel);
        var lowered = (await founder.Client.Audit.ListAsync(new AuditFilter { Action = AuditActions.DocumentUpdated, ActorUserId = manager.Id }, stop: Stop)).Items.Single();
        Assert.Equal("Published", (string?)lowered.Metadata!["reason"]);
        Assert.Equal("""{"from":"confidential","to":"public"}""", lowered.Changes!["sensitivity_level"]!.ToJsonString());
    }

    [Theory, EveryShape]
    public async Task Above_ones_clearance_a_document_does_not_exist(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var viewer = await founder.AddMemberAsync("viewer");
        var open = await founder.UploadTextAsync("Everybody may read of the kestrel.", SensitivityLevel.Internal, "Open");
        var secret = await founder.UploadTextAsync("Few may read of the kestrel.", SensitivityLevel.Confidential, "Secret");
        Assert.Equal(2, (await founder.Client.Documents.ListAsync(stop: Stop)).Meta.Total);
        Assert.Equal(2, (await founder.Client.Documents.SearchAsync("kestrel", Stop)).Items.Count);

        var list = await viewer.Client.Documents.ListAsync(stop: Stop);
        Assert.Equal((1, open.Id), (list.Meta.Total, list.Items.Single().Id));
        Assert.Equal(0, (await viewer.Client.Documents.ListAsync(new DocumentFilter { Text = "secret" }, stop: Stop)).Meta.Total);
        Assert.Equal(open.Id, (await viewer.Client.Documents.SearchAsync("kestrel", Stop)).Items.Single().Fragment.DocumentId);
        Assert.Empty((await viewer.Client.Documents.SearchAsync(new SearchRequest { Query = "kestrel", DocumentIds = [secret.Id], IncludeHistory = true }, Stop)).Items);
        Func<Task>[] doors =
        [
            () => viewer.Client.Documents.GetAsync(secret.Id, Stop),
            () => viewer.Client.Documents.ListVersionsAsync(secret.Id, stop: Stop),
            () => viewer.Client.Documents.GetVersionAsync(secret.Id, 1, Stop),
            () => viewer.Client.Documents.DownloadAsync(secret.Id, stop: Stop),
            () => viewer.Client.Documents.DownloadAsync(secret.Id, 1, Stop),
            () => viewer.Client.Documents.ListFragmentsAsync(secret.Id, stop: Stop),
        ];
        foreach (var door in doors)
            await server.RefusesAsync(viewer, 404, ErrorCodes.NotFound, door);

        var member = await founder.AddMemberAsync("member");
        var restricted = await CreateAsync(founder, SensitivityLevel.Restricted);
        await server.RefusesAsync(member, 404, ErrorCodes.NotFound, () => member.Client.Documents.UpdateAsync(restricted.Id, new UpdateDocumentRequest { Title = "Mine" }, stop: Stop));
        using var content = new MemoryStream("Some words."u8.ToArray());
        await server.RefusesAsync(member, 404, ErrorCodes.NotFound, () => member.Client.Documents.UploadVersionAsync(restricted.Id, content, "a.txt", stop: Stop));
    }

    private static async Task<DocumentView> CreateAsync(Person person, SensitivityLevel? label) =>
        (await person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Labelled", SensitivityLevel = label }, Stop)).Value;

    private static async Task<DocumentView> RelabelAsync(Person person, Guid id, SensitivityLevel label, string? reason) =>
        (await person.Client.Documents.UpdateAsync(id, new UpdateDocumentRequest { SensitivityLevel = label, Reason = reason }, stop: Stop)).Value;
}
