using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Waits for events to be sealed.</summary>
internal static class Sealing
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(30);

    /// <summary>Waits until everything that was recorded up to now is sealed, and gives the checkpoint.</summary>
    public static async Task<CheckpointView> UntilSealedAsync(this Person person)
    {
        var newest = (await person.Client.Audit.ListAsync(limit: 1, stop: TestContext.Current.CancellationToken)).Items[0].Id;
        await Eventually.HoldsAsync(async () => (await person.Client.Audit.GetAsync(newest, TestContext.Current.CancellationToken)).Sequence is not null, InTime, "Sealing");
        return await person.Client.Audit.GetCheckpointAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until everything that was recorded up to now is found through the index.</summary>
    public static async Task UntilIndexedAsync(this Person person)
    {
        var size = (await person.UntilSealedAsync()).TreeSize;
        await Eventually.HoldsAsync(() => person.Server.ReadAsync(db => db.Set<AuditTree>().AnyAsync(tree => tree.OrganizationId == person.OrganizationId && tree.IndexedTo >= size)), InTime, "Indexing");
    }
}
