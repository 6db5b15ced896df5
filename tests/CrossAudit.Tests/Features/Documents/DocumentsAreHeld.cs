using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>A legal hold beats every deletion, and says who placed it and why.</summary>
public sealed class DocumentsAreHeld(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_held_document_cannot_be_deleted_until_the_hold_ends(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var created = await CreateAsync(founder);
        var id = created.Value.Id;

        var held = await HoldAsync(founder, id, true, created.ETag);
        Assert.True(held.Value.LegalHold);
        Assert.Equal(created.Value.UpdatedAt, held.Value.UpdatedAt);
        await server.RefusesAsync(founder, 409, ErrorCodes.OnLegalHold, () => founder.Client.Documents.DeleteAsync(id, stop: Stop));
        Assert.True((await founder.Client.Documents.GetAsync(id, Stop)).Value.LegalHold);

        Assert.False((await HoldAsync(founder, id, false, held.ETag)).Value.LegalHold);
        await founder.Client.Documents.DeleteAsync(id, stop: Stop);
    }

    [Theory, EveryShape]
    public async Task A_document_in_the_bin_is_held_where_it_lies_and_can_be_taken_back(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await CreateAsync(founder)).Value.Id;
        await founder.Client.Documents.DeleteAsync(id, stop: Stop);

        Assert.True((await HoldAsync(founder, id, true)).Value.LegalHold);
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.GetAsync(id, Stop));

        Assert.True((await founder.Client.Documents.RestoreAsync(id, Stop)).Value.LegalHold);
    }

    [Theory, EveryShape]
    public async Task Placing_and_ending_a_hold_are_events_with_their_reason_and_repeating_one_is_none(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await CreateAsync(founder)).Value.Id;

        var held = await HoldAsync(founder, id, true);
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);
        Assert.Equal(held.ETag, (await HoldAsync(founder, id, true)).ETag);
        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
        await HoldAsync(founder, id, false);

        foreach (var (action, from, to) in new[] { (AuditActions.DocumentLegalHoldPlaced, false, true), (AuditActions.DocumentLegalHoldReleased, true, false) })
        {
            var told = Assert.Single((await founder.Client.Audit.ListAsync(new AuditFilter { Action = action }, stop: Stop)).Items);
            Assert.Equal((id.ToString(), "notice", "Matter 14"), (told.ResourceId, told.Severity, (string?)told.Metadata!["reason"]));
            Assert.Equal((from, to), ((bool)told.Changes!["legal_hold"]!["from"]!, (bool)told.Changes["legal_hold"]!["to"]!));
        }
    }

    [Theory, EveryShape]
    public async Task A_hold_needs_a_reason_the_permission_and_the_newest_revision(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, stranger) = (await founder.AddMemberAsync("member"), await Person.FounderAsync(server));
        var created = await CreateAsync(founder);
        var path = $"api/documents/{created.Value.Id}/legal-hold";
        var renamed = await founder.Client.Documents.UpdateAsync(created.Value.Id, new UpdateDocumentRequest { Title = "Renamed" }, stop: Stop);
        Assert.NotEqual(created.ETag, renamed.ETag);

        foreach (var body in new[] { """{"legal_hold":true}""", """{"legal_hold":true,"reason":"  "}""", """{"reason":"Matter 14"}""", """{"legal_hold":true,"reason":"Matter 14","until":"soon"}""" })
            await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Put, path, Refusals.Json(body)));
        await server.RefusesAsync(member, 403, ErrorCodes.PermissionDenied, () => HoldAsync(member, created.Value.Id, true));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => HoldAsync(stranger, created.Value.Id, true));
        await server.RefusesAsync(founder, 412, ErrorCodes.PreconditionFailed, () => HoldAsync(founder, created.Value.Id, true, created.ETag));
    }

    [Theory, EveryShape]
    public async Task Who_may_hold_in_one_department_may_not_in_another(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var (legal, other) = (await DepartmentAsync(founder, "legal"), await DepartmentAsync(founder, "other"));
        var role = await founder.Client.Access.CreateRoleAsync(new CreateRoleRequest { Name = "holder", MaxSensitivity = SensitivityLevel.Internal, Permissions = ["documents.hold", "documents.read"] }, Stop);
        await founder.Client.Access.GrantAsync(member.Id, role.Value.Id, new GrantRoleRequest { DepartmentId = legal }, Stop);
        var (here, there) = ((await CreateAsync(founder, legal)).Value.Id, (await CreateAsync(founder, other)).Value.Id);

        Assert.True((await HoldAsync(member, here, true)).Value.LegalHold);
        await server.RefusesAsync(member, 403, ErrorCodes.PermissionDenied, () => HoldAsync(member, there, true));
    }

    [Theory, EveryShape]
    public async Task Held_documents_can_be_listed(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (held, free) = ((await CreateAsync(founder)).Value.Id, (await CreateAsync(founder)).Value.Id);
        await HoldAsync(founder, held, true);

        Assert.Equal(held, Assert.Single((await founder.Client.Documents.ListAsync(new DocumentFilter { LegalHold = true }, stop: Stop)).Items).Id);
        Assert.Equal(free, Assert.Single((await founder.Client.Documents.ListAsync(new DocumentFilter { LegalHold = false }, stop: Stop)).Items).Id);
    }

    [Theory, EveryShape]
    public async Task An_organization_is_not_deleted_while_it_holds_something_even_in_the_bin(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await CreateAsync(founder)).Value.Id;
        await founder.Client.Documents.DeleteAsync(id, stop: Stop);
        await HoldAsync(founder, id, true);

        await server.RefusesAsync(founder, 409, ErrorCodes.OrganizationOnLegalHold, () => founder.Client.Organizations.DeleteAsync(founder.OrganizationId, stop: Stop));

        await HoldAsync(founder, id, false);
        await founder.Client.Organizations.DeleteAsync(founder.OrganizationId, stop: Stop);
    }

    [Theory, EveryShape]
    public async Task Of_a_hold_and_a_deletion_at_the_same_moment_no_deletion_comes_after_the_hold(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        for (var round = 0; round < 10; round++)
        {
            var created = (await CreateAsync(founder)).Value;
            var id = created.Id;
            DocumentView? held = null;
            var hold = OutcomeAsync(async () => held = (await HoldAsync(founder, id, true)).Value);
            var deletion = OutcomeAsync(() => founder.Client.Documents.DeleteAsync(id, stop: Stop));
            await Task.WhenAll(hold, deletion);

            // Who lost tries again, as they are told to.
            if (await hold == ErrorCodes.Conflict)
                held = (await HoldAsync(founder, id, true)).Value;
            var last = await deletion == ErrorCodes.Conflict ? await OutcomeAsync(() => founder.Client.Documents.DeleteAsync(id, stop: Stop)) : await deletion;

            // A deletion touches updated_at and a hold does not: so the hold itself saw whether it came first.
            Assert.NotNull(held);
            Assert.Equal(held.UpdatedAt == created.UpdatedAt ? ErrorCodes.OnLegalHold : null, last);
            var acts = (await founder.Client.Audit.ListAsync(new AuditFilter { ResourceId = id.ToString(), Outcome = "success" }, stop: Stop)).Items.Select(e => e.Action).ToList();
            Assert.Single(acts, AuditActions.DocumentLegalHoldPlaced);
            Assert.Equal(last is null ? 1 : 0, acts.Count(action => action == AuditActions.DocumentDeleted));
            // One that was deleted first lies in the bin, and is held there.
            if (last is null)
                Assert.True((await founder.Client.Documents.RestoreAsync(id, Stop)).Value.LegalHold);
            Assert.Equal(ErrorCodes.OnLegalHold, await OutcomeAsync(() => founder.Client.Documents.DeleteAsync(id, stop: Stop)));
        }
    }

    private static async Task<string?> OutcomeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (CrossAuditException refused)
        {
            return refused.Problem.Code;
        }
    }

    private static async Task<Guid> DepartmentAsync(Person founder, string name) => (await founder.Client.Access.Departments.CreateAsync(new CreateDepartmentRequest { Name = name }, Stop)).Value.Id;

    private static Task<Tagged<DocumentView>> CreateAsync(Person person, Guid? department = null) =>
        person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Letter", SensitivityLevel = SensitivityLevel.Internal, DepartmentId = department }, Stop);

    private static Task<Tagged<DocumentView>> HoldAsync(Person person, Guid id, bool hold, string? ifMatch = null) =>
        person.Client.Documents.SetLegalHoldAsync(id, new SetLegalHoldRequest { LegalHold = hold, Reason = "Matter 14" }, ifMatch, Stop);
}
