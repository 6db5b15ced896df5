using System.Text;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Proofs;

/// <summary>Proves what stands in the organization's log. Each answer costs two or three queries, whatever the size of the log.</summary>
internal sealed class LogProofs(AppDbContext db, TreeReader trees)
{
    /// <summary>The newest checkpoint; null before the first event is sealed.</summary>
    public async Task<CheckpointView?> CheckpointAsync(CancellationToken stop) => await trees.FindAsync(stop) is { } tree
        ? new CheckpointView { Checkpoint = tree.Checkpoint, TreeSize = tree.Size, RootHash = Convert.ToBase64String(tree.ToEdge().Root()), PublicKey = tree.VerifierKey }
        : null;

    /// <summary>The event as it is kept; null if there is none.</summary>
    public Task<AuditEvent?> FindAsync(Guid id, CancellationToken stop) => db.Set<AuditEvent>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, stop);

    /// <summary>Proves a sealed event.</summary>
    public async Task<ProofView> ProveAsync(AuditEvent e, CancellationToken stop)
    {
        var tree = (await trees.FindAsync(stop))!;
        var path = await trees.RootsAsync(tree, ProofPlan.Inclusion(e.Sequence!.Value, tree.Size), stop);
        var (entry, isOpen) = (Encoding.UTF8.GetBytes(e.Entry), e.IsOpenTo(db.Clearance));
        return new ProofView
        {
            LogIndex = e.Sequence.Value,
            TreeSize = tree.Size,
            LeafHash = Convert.ToBase64String(MerkleHash.Leaf(entry)),
            Hashes = path.ConvertAll(Convert.ToBase64String),
            Checkpoint = tree.Checkpoint,
            PublicKey = tree.VerifierKey,
            Entry = Convert.ToBase64String(entry),
            Salt = isOpen && e.Salt is not null ? Convert.ToBase64String(e.Salt) : null,
            Details = isOpen && e.Salt is not null ? JsonNode.Parse(EventEncoding.Details(e))!.AsObject() : null,
            DetailsWithheld = !isOpen,
        };
    }

    /// <summary>Proves that the log of the second size begins with that of the first; null where it has never been so large.</summary>
    public async Task<ConsistencyView?> CompareAsync(long from, long? to, CancellationToken stop)
    {
        var tree = await trees.FindAsync(stop);
        var end = to ?? tree?.Size ?? 0;
        if (tree is null || end > tree.Size || from > end)
            return null;
        var path = from == 0 ? [] : await trees.RootsAsync(tree, ProofPlan.Consistency(from, end), stop);
        return new ConsistencyView { From = from, To = end, Hashes = path.ConvertAll(Convert.ToBase64String) };
    }

    /// <summary>The hashes of a tile, or as many of its first as asked for; null where there are not so many.</summary>
    public async Task<byte[]?> TileAsync(TilePath path, CancellationToken stop) =>
        await trees.FindAsync(stop) is { } tree && await trees.TileAsync(tree, path.Level, path.Index, stop) is { } hashes && hashes.Length >= path.Width * MerkleHash.Size
            ? hashes[..(path.Width * MerkleHash.Size)]
            : null;
}
