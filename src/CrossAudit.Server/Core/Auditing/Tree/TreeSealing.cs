using System.Text;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>
/// Gives committed events their places in the trees, and signs the trees. Each batch is one transaction, and one node at a time runs one. Before a tree grows it is held against
/// the checkpoint that was signed last: who has altered the one without the key of the other gets no new signature.
/// </summary>
internal sealed class TreeSealing(AppDbContext db, Signer signer, Settings settings, TrustedTrees trusted, TimeProvider clock)
{
    /// <summary>Events of one batch.</summary>
    public const int MostAtOnce = 512;

    private const long Lock = 0x0A0D_1751;

    /// <summary>Seals a batch: how many events, and the trees that were refused.</summary>
    public async Task<(int Count, List<(Guid Organization, string Why)> Refused)> SealAsync(CancellationToken stop)
    {
        await signer.PrepareAsync(stop);
        var left = trusted.Suspended(clock.GetUtcNow());
        // Most often there is nothing, and that is no reason to queue with the writers.
        if (!await Unsealed(left).AnyAsync(stop))
            return (0, []);
        return await db.WriteAsync(() => SealLockedAsync(left, stop), stop);
    }

    private async Task<(int Count, List<(Guid Organization, string Why)> Refused)> SealLockedAsync(List<Guid?> left, CancellationToken stop)
    {
        var refused = new List<(Guid Organization, string Why)>();
        if (!await db.TryLockAsync(Lock, stop))
            return (0, refused);
        var events = await Unsealed(left).OrderBy(e => e.CreatedAt).Take(MostAtOnce)
            .Select(e => new { e.Id, e.OrganizationId, e.CreatedAt, e.Entry }).ToListAsync(stop);
        var ids = events.Select(e => e.OrganizationId ?? Guid.Empty).Distinct().ToList();
        var trees = await db.Set<AuditTree>().Where(tree => EF.Parameter(ids).Contains(tree.OrganizationId)).ToDictionaryAsync(tree => tree.OrganizationId, stop);
        var numbers = new List<(Guid Id, long Number)>(events.Count);
        foreach (var group in events.GroupBy(e => e.OrganizationId ?? Guid.Empty).OrderBy(group => group.Key))
        {
            var tree = trees.GetValueOrDefault(group.Key);
            if (await DistrustAsync(group.Key, tree, stop) is { } why)
            {
                trusted.Suspend(group.Key, clock.GetUtcNow());
                refused.Add((group.Key, why));
                continue;
            }
            var (edge, full) = (tree?.ToEdge() ?? TreeEdge.OfNothing(), new List<FullTile>());
            foreach (var e in group.OrderBy(e => e.CreatedAt).ThenBy(e => e.Id))
            {
                numbers.Add((e.Id, edge.Size));
                edge.Append(MerkleHash.Leaf(Encoding.UTF8.GetBytes(e.Entry)), full);
            }
            Save(group.Key, tree, edge, full);
        }
        await db.SaveChangesAsync(stop);
        await db.NumberAsync("audit_events", "sequence", numbers, stop);
        return (events.Count, refused);
    }

    private IQueryable<AuditEvent> Unsealed(List<Guid?> left)
    {
        var events = db.Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking().Where(e => e.Sequence == null);
        return left.Count == 0 ? events : events.Where(e => !EF.Parameter(left).Contains(e.OrganizationId));
    }

    /// <summary>What is wrong with a tree; null if it is what was signed last.</summary>
    private async Task<string?> DistrustAsync(Guid organization, AuditTree? tree, CancellationToken stop)
    {
        if (tree is null || trusted.IsTrusted(tree))
            return null;
        try
        {
            if (await OpenAsync(tree.Checkpoint, stop) is not { } text)
                return "the checkpoint is not signed with a key of this server";
            var checkpoint = Checkpoint.Parse(text);
            if (!checkpoint.Origin.EndsWith("/" + organization, StringComparison.Ordinal))
                return "the checkpoint is of another log";
            return checkpoint.Says(checkpoint.Origin, tree.Size, tree.ToEdge().Root()) ? null : "size or root is not what was signed";
        }
        catch (Exception altered) when (altered is FormatException or InvalidDataException)
        {
            return altered.Message;
        }
    }

    // Another node may sign with a key that was made a moment ago.
    private async Task<string?> OpenAsync(string checkpoint, CancellationToken stop)
    {
        if (signer.Open(checkpoint) is { } text)
            return text;
        await signer.RefreshAsync(stop);
        return signer.Open(checkpoint);
    }

    private void Save(Guid organization, AuditTree? tree, TreeEdge edge, List<FullTile> full)
    {
        var origin = $"{settings.PublicUrl.Authority}/{organization}";
        var (signed, hashes) = (signer.Sign(new Checkpoint(origin, edge.Size, edge.Root()).Text, origin), edge.Save());
        trusted.Trust(organization, edge.Size, hashes, signed.Note);
        if (tree is null)
            db.Add(new AuditTree { OrganizationId = organization, Size = edge.Size, Edge = hashes, Checkpoint = signed.Note, VerifierKey = signed.VerifierKey, SealedAt = clock.GetUtcNow() });
        else
            (tree.Size, tree.Edge, tree.Checkpoint, tree.VerifierKey, tree.SealedAt) = (edge.Size, hashes, signed.Note, signed.VerifierKey, clock.GetUtcNow());
        db.AddRange(full.Select(tile => new AuditTile { OrganizationId = organization, Level = tile.Level, Index = tile.Index, Hashes = tile.Hashes }));
    }
}
