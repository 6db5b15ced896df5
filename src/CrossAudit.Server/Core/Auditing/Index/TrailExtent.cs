using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>How far the organization's trail reaches, at one moment.</summary>
/// <param name="KeptFrom">The sequence of the first event whose row is kept.</param>
/// <param name="Size">How many events are sealed, those removed since included.</param>
/// <param name="IndexedTo">How many of them, from the first on, the index has.</param>
/// <param name="Unsealed">How many events are not sealed yet.</param>
internal sealed record TrailExtent(long KeptFrom, long Size, long IndexedTo, long Unsealed)
{
    /// <summary>How many events there are to read.</summary>
    public long Count => Size - KeptFrom + Unsealed;

    /// <summary>Reads it in one round trip.</summary>
    public static async Task<TrailExtent> ReadAsync(AppDbContext db, CancellationToken stop)
    {
        var unsealed = db.Set<AuditEvent>().Where(e => e.Sequence == null);
        return await db.Set<AuditTree>().Where(tree => tree.OrganizationId == db.OrganizationId)
            .Select(tree => new TrailExtent(tree.KeptFrom, tree.Size, tree.IndexedTo, unsealed.LongCount())).SingleOrDefaultAsync(stop)
            ?? new TrailExtent(0, 0, 0, await unsealed.LongCountAsync(stop));
    }
}
