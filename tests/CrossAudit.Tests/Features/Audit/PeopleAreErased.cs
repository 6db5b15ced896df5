using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Search.Terms;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>What the trail says of somebody goes for good, and what they did stays proved.</summary>
public sealed class PeopleAreErased(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Nothing_names_them_any_more_and_every_old_proof_holds(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var document = (await member.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Capercaillie", SensitivityLevel = SensitivityLevel.Internal }, Stop)).Value.Id;
        await founder.UntilIndexedAsync();
        var created = (await founder.Client.Audit.ListAsync(new() { ResourceId = document.ToString(), Action = AuditActions.DocumentCreated }, stop: Stop)).Items.Single();
        var proof = await founder.Client.Audit.GetProofAsync(created.Id, Stop);
        Assert.NotEmpty((await founder.Client.Audit.SearchAsync(member.Email, stop: Stop)).Items);

        await server.RefusesAsync(founder, 409, ErrorCodes.AuditSubjectIsMember, () => founder.Client.Audit.EraseAsync(new CreateErasureRequest { UserId = member.Id, Reason = "Request 17" }, Stop));
        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, member.Id, Stop);
        var asked = await founder.Client.Audit.EraseAsync(new CreateErasureRequest { UserId = member.Id, Reason = "Request 17" }, Stop);
        var done = await Eventually.FindAsync(
            async () => (await founder.Client.Audit.ListErasuresAsync(stop: Stop)).Items.SingleOrDefault(e => e.Id == asked.Id && e.Status == "completed"), TimeSpan.FromSeconds(60), "Erasing");

        Assert.True(done.ErasedEvents >= 3, done.AsJson());
        var erased = await founder.Client.Audit.GetAsync(created.Id, Stop);
        Assert.Equal((member.Id, AuditActions.DocumentCreated, document.ToString()), (erased.ActorUserId, erased.Action, erased.ResourceId));
        Assert.Equal((null, null, null, null, null), (erased.ActorLabel, erased.IpAddress, erased.UserAgent, erased.Changes, erased.Metadata));
        Assert.DoesNotContain((await server.ReadAsync(db => db.Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking().Where(e => e.OrganizationId == founder.OrganizationId).ToListAsync(Stop))),
            e => new[] { e.ActorLabel, e.Changes?.ToJsonString(), e.Metadata?.ToJsonString() }.Any(text => text?.Contains(member.Email, StringComparison.OrdinalIgnoreCase) == true));
        Assert.Empty((await founder.Client.Audit.SearchAsync(member.Email, stop: Stop)).Items);
        Assert.Empty((await founder.Client.Audit.SearchAsync("capercaillie", stop: Stop)).Items);
        Assert.DoesNotContain(
            await server.ReadAsync(db => db.Set<TermBlock>().IgnoreQueryFilters().Where(b => b.OrganizationId == founder.OrganizationId).Select(b => b.Term).ToListAsync(Stop)),
            term => term.Contains("capercai", StringComparison.Ordinal));
        Assert.NotEmpty((await founder.Client.Audit.ListAsync(new() { ActorUserId = member.Id }, stop: Stop)).Items);

        // The old proof still holds, and a new one says the same without the details.
        var checkpoint = Checkpoint.Parse(proof.Checkpoint);
        Assert.True(ProofVerification.Includes(proof.LogIndex, checkpoint.Size, Convert.FromBase64String(proof.LeafHash), [.. proof.Hashes.Select(Convert.FromBase64String)], checkpoint.Root));
        var again = await founder.Client.Audit.GetProofAsync(created.Id, Stop);
        Assert.Equal((proof.Entry, proof.LeafHash, null, null, false), (again.Entry, again.LeafHash, again.Salt, again.Details, again.DetailsWithheld));
        var found = await founder.Client.Audit.VerifyAsync(Stop);
        Assert.True(found is { Holds: true, ErasedEvents: >= 3 }, found.AsJson());
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.AuditErased));
    }

    [Theory, EveryShape]
    public async Task Nobody_is_erased_under_a_hold_by_a_stranger_or_who_is_not_in_the_trail(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, auditor) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("auditor"));
        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, member.Id, Stop);
        var request = new CreateErasureRequest { UserId = member.Id, Reason = "Request 18" };

        await server.RefusesAsync(auditor, 403, ErrorCodes.PermissionDenied, () => auditor.Client.Audit.EraseAsync(request, Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Audit.EraseAsync(request with { UserId = Guid.CreateVersion7() }, Stop));
        await founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "unlimited", LegalHold = true }, stop: Stop);
        await server.RefusesAsync(founder, 409, ErrorCodes.AuditOnLegalHold, () => founder.Client.Audit.EraseAsync(request, Stop));
    }
}
