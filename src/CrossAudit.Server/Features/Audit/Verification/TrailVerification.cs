using System.Text;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Verification;

/// <summary>
/// Goes through the whole log of the organization: each row against its entry, each entry against its leaf, the leaves against the root, and the root against the signed checkpoint. It reads
/// tile by tile, 256 events at a time.
/// </summary>
internal sealed class TrailVerification(AppDbContext db, TreeReader trees, Signer signer, TimeProvider clock)
{
    // It reads a whole trail: on each node one at a time, the others wait.
    private static readonly SemaphoreSlim Lane = new(1, 1);

    /// <param name="progress">Is told after each tile how many events are through, of how many.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<VerificationView> RunAsync(Func<long, long, Task> progress, CancellationToken stop)
    {
        await Lane.WaitAsync(stop);
        try
        {
            return await VerifyAsync(progress, stop);
        }
        finally
        {
            Lane.Release();
        }
    }

    private async Task<VerificationView> VerifyAsync(Func<long, long, Task> progress, CancellationToken stop)
    {
        await signer.PrepareAsync(stop);
        var findings = new VerificationFindings();
        var tree = await trees.FindAsync(stop);
        if (tree is null)
            await MissAsync(findings, stop);
        else if (Edge(tree) is null)
            findings.Add("tile_altered", null, null, "The edge of the tree is not one of a tree of this size.");
        else
            await CheckAsync(tree, findings, progress, stop);
        var unsealed = await Events.CountAsync(e => e.Sequence == null, stop);
        return findings.ToView(tree, unsealed, clock.GetUtcNow());
    }

    private IQueryable<AuditEvent> Events => db.Set<AuditEvent>().AsNoTracking();

    private async Task MissAsync(VerificationFindings findings, CancellationToken stop)
    {
        if (await Events.AnyAsync(e => e.Sequence != null, stop))
            findings.Add("checkpoint_missing", null, null, "There are sealed events, and no tree that seals them.");
    }

    private static TreeEdge? Edge(AuditTree tree)
    {
        try
        {
            return tree.ToEdge();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task CheckAsync(AuditTree tree, VerificationFindings findings, Func<long, long, Task> progress, CancellationToken stop)
    {
        var (rebuilt, full, gaps) = (TreeEdge.OfNothing(), new List<FullTile>(), new List<LeafRange>());
        for (var start = 0L; start < tree.Size; start += TreeEdge.TileWidth)
        {
            var leaves = await trees.TileAsync(tree, 0, start / TreeEdge.TileWidth, stop) ?? [];
            var end = Math.Min(start + TreeEdge.TileWidth, tree.Size);
            await CheckTileAsync(start, end, leaves, gaps, findings, stop);
            if (leaves.Length < (end - start) * MerkleHash.Size)
            {
                findings.Add("tile_altered", start, null, $"The hashes of the events {start} to {end - 1} are missing.");
                break;
            }
            for (var i = 0; i < end - start; i++)
                rebuilt.Append(leaves.AsSpan(i * MerkleHash.Size, MerkleHash.Size).ToArray(), full);
            await CheckAboveAsync(tree, full, findings, stop);
            await progress(end, tree.Size);
        }
        await ExplainAsync(gaps, findings, stop);
        // In one statement, for the tree may have grown meanwhile.
        if (await Events.Where(e => e.Sequence >= db.Set<AuditTree>().Single(now => now.OrganizationId == db.OrganizationId).Size).OrderBy(e => e.Sequence).Select(e => new { e.Id, e.Sequence }).FirstOrDefaultAsync(stop) is { } beyond)
            findings.Add("event_not_in_tree", beyond.Sequence, beyond.Id, "The event has a number beyond the end of the tree.");
        CheckCheckpoint(tree, rebuilt, findings);
    }

    private async Task CheckTileAsync(long start, long end, byte[] leaves, List<LeafRange> gaps, VerificationFindings findings, CancellationToken stop)
    {
        var next = start;
        await foreach (var e in Events.Where(e => e.Sequence >= start && e.Sequence < end).OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(stop))
        {
            if (e.Sequence!.Value > next)
                gaps.Add(new LeafRange(next, e.Sequence.Value));
            next = e.Sequence.Value + 1;
            findings.Checked++;
            var place = (int)(e.Sequence.Value - start) * MerkleHash.Size;
            CheckEvent(e, leaves.AsSpan(Math.Min(place, leaves.Length), Math.Min(MerkleHash.Size, Math.Max(0, leaves.Length - place))), findings);
        }
        if (next < end)
            gaps.Add(new LeafRange(next, end));
    }

    // Rows that retention has removed lie before the first that is kept, as the server has signed it: it may have moved on while this went by.
    private async Task ExplainAsync(List<LeafRange> gaps, VerificationFindings findings, CancellationToken stop)
    {
        var tree = (await trees.FindAsync(stop))!;
        var isSigned = tree.KeptFrom == 0 || (tree.KeptFromNote is { } note && signer.Open(note) == AuditTree.KeptFromText(tree.OrganizationId, tree.KeptFrom));
        if (!isSigned)
            findings.Add("retention_not_signed", null, null, $"It is said that events before {tree.KeptFrom} were removed by retention, and the server has not signed that.");
        var keptFrom = isSigned ? tree.KeptFrom : 0;
        foreach (var gap in gaps)
        {
            findings.Removed += Math.Max(0, Math.Min(gap.End, keptFrom) - gap.Start);
            for (var missing = Math.Max(gap.Start, keptFrom); missing < gap.End && !findings.IsFull; missing++)
                findings.Add("event_missing", missing, null, "The event's row is gone; its leaf is still there.");
        }
    }

    private static void CheckEvent(AuditEvent e, ReadOnlySpan<byte> leaf, VerificationFindings findings)
    {
        if (!MerkleHash.Leaf(Encoding.UTF8.GetBytes(e.Entry)).AsSpan().SequenceEqual(leaf))
            findings.Add("event_altered", e.Sequence, e.Id, "The event's entry is not the one that was sealed.");
        else if (EventEncoding.Entry(e, e.DetailsHash) != e.Entry)
            findings.Add("event_altered", e.Sequence, e.Id, "The event's row says something else than the entry that was sealed.");
        if (e.Salt is null)
            findings.CountErased(e);
        else if (!EventEncoding.HashDetails(e.Salt, EventEncoding.Details(e)).AsSpan().SequenceEqual(e.DetailsHash))
            findings.Add("details_altered", e.Sequence, e.Id, "The event's personal part is not the one that was sealed.");
    }

    // The tiles above the leaves are made of those below: what proofs are taken from has to be the same.
    private async Task CheckAboveAsync(AuditTree tree, List<FullTile> full, VerificationFindings findings, CancellationToken stop)
    {
        foreach (var tile in full.Where(tile => tile.Level > 0))
            if (await trees.TileAsync(tree, tile.Level, tile.Index, stop) is not { } stored || !stored.AsSpan().SequenceEqual(tile.Hashes))
                findings.Add("tile_altered", tile.Index << (TreeEdge.TileHeight * (tile.Level + 1)), null, $"Tile {tile.Index} of level {tile.Level} does not follow from the leaves below it.");
        full.Clear();
    }

    private void CheckCheckpoint(AuditTree tree, TreeEdge rebuilt, VerificationFindings findings)
    {
        if (!rebuilt.Save().AsSpan().SequenceEqual(tree.Edge))
            findings.Add("tile_altered", null, null, "The edge of the tree does not follow from the leaves.");
        if (signer.Open(tree.Checkpoint) is not { } text)
            findings.Add("checkpoint_invalid", null, null, "The checkpoint is not signed with a key of this server.");
        else if (Checkpoint.Parse(text) is var checkpoint && !(checkpoint.Origin.EndsWith("/" + tree.OrganizationId, StringComparison.Ordinal) && checkpoint.Says(checkpoint.Origin, rebuilt.Size, rebuilt.Root())))
            findings.Add("root_mismatch", null, null, "The leaves do not add up to the root that was signed.");
    }
}
