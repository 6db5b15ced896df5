using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Events go when their days are over, and not before; every proof of what is left holds as before.</summary>
public sealed class TheTrailIsKept(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Events_whose_days_are_over_go_and_their_leaves_stay(Shape shape)
    {
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(_clock));
        var founder = await Person.FounderAsync(server);
        await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Longgone heron" }, Stop);
        await PassUntilAsync(founder, async () => await IndexedAsync(founder) >= 3);
        var kept = await founder.Client.Audit.GetCheckpointAsync(Stop);
        await PassAsync(founder, 40);
        await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Young heron" }, Stop);
        await PassUntilAsync(founder, async () => await IndexedAsync(founder) > kept.TreeSize);

        await founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "custom", Days = 30, Reason = "Decided" }, stop: Stop);
        await PassUntilAsync(founder, async () => (await founder.Client.Audit.GetRetentionAsync(Stop)).Value.KeptFrom >= kept.TreeSize);

        var found = await founder.Client.Audit.VerifyAsync(Stop);
        Assert.Empty(found.Problems);
        Assert.True(found.RemovedEvents >= kept.TreeSize, found.AsJson());
        var (before, after) = (Checkpoint.Parse(SignedNote.Verify(kept.Checkpoint, kept.PublicKey)!), Checkpoint.Parse((await founder.Client.Audit.GetCheckpointAsync(Stop)).Checkpoint));
        var growth = await founder.Client.Audit.GetConsistencyAsync(before.Size, after.Size, Stop);
        Assert.True(ProofVerification.IsConsistent(before.Size, after.Size, before.Root, after.Root, [.. growth.Hashes.Select(Convert.FromBase64String)]));
        var heron = Assert.Single((await founder.Client.Audit.ListAsync(new() { Text = "heron" }, stop: Stop)).Items);
        var proof = await founder.Client.Audit.GetProofAsync(heron.Id, Stop);
        Assert.True(ProofVerification.Includes(proof.LogIndex, after.Size, Convert.FromBase64String(proof.LeafHash), [.. proof.Hashes.Select(Convert.FromBase64String)], Checkpoint.Parse(proof.Checkpoint).Root) || proof.TreeSize > after.Size);
        Assert.DoesNotContain(await server.ReadAsync(db => db.Set<CrossAudit.Server.Platform.Search.Terms.TermBlock>().IgnoreQueryFilters().Where(b => b.OrganizationId == founder.OrganizationId).ToListAsync(Stop)), block => block.Term.Contains("longgon", StringComparison.Ordinal));
        Assert.Contains(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.AuditRetentionApplied), e => (long)e.Metadata!["events"]! >= kept.TreeSize);
    }

    [Theory, EveryShape]
    public async Task A_hold_keeps_everything_and_a_preset_its_fewest_days(Shape shape)
    {
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(_clock));
        var founder = await Person.FounderAsync(server);
        await PassUntilAsync(founder, async () => await IndexedAsync(founder) > 0);
        await PassAsync(founder, 40);

        var held = await founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "custom", Days = 1, LegalHold = true }, stop: Stop);
        await PassUntilAsync(founder, () => Task.FromResult(true));
        Assert.Equal((true, 0L), ((await founder.Client.Audit.GetRetentionAsync(Stop)).Value.LegalHold, held.Value.KeptFrom));
        Assert.Equal(0, (await founder.Client.Audit.VerifyAsync(Stop)).RemovedEvents);

        await server.RefusesAsync(founder, 400, ErrorCodes.AuditRetentionTooShort, () => founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "hipaa", Days = 365 }, stop: Stop));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "custom" }, stop: Stop));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "unlimited", Days = 5 }, stop: Stop));
        await server.RefusesAsync(founder, 412, ErrorCodes.PreconditionFailed, () => founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "soc2" }, "\"99-0\"", Stop));
        Assert.Equal(365, (await founder.Client.Audit.SetRetentionAsync(new SetTrailRetentionRequest { Preset = "soc2", LegalHold = false }, stop: Stop)).Value.Days);
    }

    private static Task<long> IndexedAsync(Person person) =>
        person.Server.ReadAsync(db => db.Set<AuditTree>().Where(tree => tree.OrganizationId == person.OrganizationId).Select(tree => tree.IndexedTo).SingleOrDefaultAsync(Stop));

    private async Task PassAsync(Person person, int days)
    {
        for (var day = 0; day < days; day++)
            _clock.Advance(TimeSpan.FromDays(1));
        await person.Client.Auth.LoginAsync(new LoginRequest { Email = person.Email, Password = Person.Password, OrganizationId = person.OrganizationId }, Stop);
    }

    private Task PassUntilAsync(Person person, Func<Task<bool>> isSo) => Eventually.HoldsAsync(
        async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return await isSo();
        },
        TimeSpan.FromSeconds(60),
        $"What is waited for, for {person.Email},");
}
