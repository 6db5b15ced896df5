using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>How long a document is kept is set on the document itself.</summary>
public sealed class RetentionIsSet(ServerSet servers)
{
    private static readonly SetRetentionRequest TenYears = new() { RetentionPeriod = 3650, AutoDelete = true, StartsAt = "updated_at", Reason = "Commercial code" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task It_is_shown_and_recorded_with_what_was_before(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var created = await CreateAsync(founder);

        var set = await founder.Client.Documents.SetRetentionAsync(created.Value.Id, TenYears, created.ETag, Stop);

        Assert.NotEqual(created.ETag, set.ETag);
        Assert.Equal(new RetentionPolicyView { RetentionPeriod = 3650, AutoDelete = true, StartsAt = "updated_at" }, (await founder.Client.Documents.GetAsync(created.Value.Id, Stop)).Value.RetentionPolicy);
        // A period that counts from the last change does not begin anew.
        Assert.Equal(created.Value.UpdatedAt, set.Value.UpdatedAt);
        var told = Assert.Single((await founder.Client.Audit.ListAsync(new AuditFilter { Action = AuditActions.DocumentRetentionChanged }, stop: Stop)).Items);
        Assert.Equal((created.Value.Id.ToString(), "Commercial code"), (told.ResourceId, (string?)told.Metadata!["reason"]));
        Assert.Equal((2555, 3650), ((int)told.Changes!["retention_days"]!["from"]!, (int)told.Changes["retention_days"]!["to"]!));
    }

    [Theory, EveryShape]
    public async Task Setting_it_as_it_is_changes_nothing(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await CreateAsync(founder)).Value.Id;
        var set = await founder.Client.Documents.SetRetentionAsync(id, TenYears, stop: Stop);
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);

        Assert.Equal(set.ETag, (await founder.Client.Documents.SetRetentionAsync(id, TenYears, stop: Stop)).ETag);
        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task Nonsense_the_unauthorized_and_the_stale_are_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, stranger) = (await founder.AddMemberAsync("member"), await Person.FounderAsync(server));
        var created = await CreateAsync(founder);
        var id = created.Value.Id;
        await founder.Client.Documents.UpdateAsync(id, new UpdateDocumentRequest { Title = "Renamed" }, stop: Stop);

        foreach (var body in new[] { "{}", """{"retention_period":0}""", """{"retention_period":36501}""", """{"retention_period":1,"starts_at":"tomorrow"}""", """{"retention_period":1,"legal_hold":false}""" })
            await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Put, $"api/documents/{id}/retention", Refusals.Json(body)));
        await server.RefusesAsync(member, 403, ErrorCodes.PermissionDenied, () => member.Client.Documents.SetRetentionAsync(id, TenYears, stop: Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => stranger.Client.Documents.SetRetentionAsync(id, TenYears, stop: Stop));
        await server.RefusesAsync(founder, 412, ErrorCodes.PreconditionFailed, () => founder.Client.Documents.SetRetentionAsync(id, TenYears, created.ETag, Stop));
    }

    private static Task<Tagged<DocumentView>> CreateAsync(Person person) =>
        person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Ledger", SensitivityLevel = SensitivityLevel.Internal }, Stop);
}
