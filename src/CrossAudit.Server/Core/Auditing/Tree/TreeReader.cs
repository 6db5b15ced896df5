using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>Reads the tree of the organization that the work is for.</summary>
internal sealed class TreeReader(AppDbContext db)
{
    /// <summary>The tree as it stands; null before the first event is sealed.</summary>
    public Task<AuditTree?> FindAsync(CancellationToken stop) => db.Set<AuditTree>().AsNoTracking().SingleOrDefaultAsync(tree => tree.OrganizationId == db.OrganizationId, stop);

    /// <summary>The roots over these ranges of leaves. It costs one query, whatever the size of the tree.</summary>
    public async Task<List<byte[]>> RootsAsync(AuditTree tree, IReadOnlyList<LeafRange> ranges, CancellationToken stop)
    {
        var tiles = await LoadAsync(tree, ranges.SelectMany(range => range.CompleteTrees()).Select(TreeNodes.TileOf).Distinct(), stop);
        var nodes = new TreeNodes(tiles);
        return ranges.Select(nodes.Root).ToList();
    }

    /// <summary>The hashes of a tile: of a full one, or of the one at the edge as far as it goes. Null where there is none.</summary>
    public async Task<byte[]?> TileAsync(AuditTree tree, int level, long index, CancellationToken stop) =>
        (await LoadAsync(tree, [(level, index)], stop)).GetValueOrDefault((level, index)) is { Length: > 0 } hashes ? hashes : null;

    private async Task<Dictionary<(int Level, long Index), byte[]>> LoadAsync(AuditTree tree, IEnumerable<(int Level, long Index)> wanted, CancellationToken stop)
    {
        var edge = tree.ToEdge();
        var tiles = new Dictionary<(int Level, long Index), byte[]>();
        var full = new List<(int Level, long Index)>();
        foreach (var (level, index) in wanted)
            if (tree.Size >> (TreeEdge.TileHeight * (level + 1)) == index)
                tiles[(level, index)] = [.. edge.Tile(level).SelectMany(hash => hash)];
            else
                full.Add((level, index));
        if (full.Count == 0)
            return tiles;
        // Of a few levels a few tiles each: the rows that are not wanted among them are few.
        var (levels, indexes) = (full.Select(tile => tile.Level).Distinct().ToList(), full.Select(tile => tile.Index).Distinct().ToList());
        var rows = db.Set<AuditTile>().AsNoTracking().Where(tile => tile.OrganizationId == tree.OrganizationId && EF.Parameter(levels).Contains(tile.Level) && EF.Parameter(indexes).Contains(tile.Index));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(stop))
            tiles[(row.Level, row.Index)] = row.Hashes;
        return tiles;
    }
}
