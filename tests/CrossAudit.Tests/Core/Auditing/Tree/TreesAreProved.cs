using System.Text;
using CrossAudit.Server.Core.Auditing.Tree;

namespace CrossAudit.Tests.Core.Auditing.Tree;

/// <summary>The tree, grown leaf by leaf and proved from its tiles, is the one that RFC 9162 defines; and a proof of anything else is refused.</summary>
public sealed class TreesAreProved
{
    [Fact]
    public void The_root_is_the_defined_one_at_every_size_and_after_every_restart()
    {
        var leaves = Leaves(1100);
        var edge = TreeEdge.OfNothing();
        for (var size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(PlainTree.Root(leaves.AsSpan(0, size)), edge.Root());
            edge = TreeEdge.Load(edge.Size, edge.Save());
            if (size < leaves.Length)
                edge.Append(leaves[size], []);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(70_001)]
    public void Any_leaf_is_proved_in_any_tree_up_to_the_newest_and_no_altered_proof_holds(int size)
    {
        var (leaves, nodes) = Grow(size);
        var random = new Random(size);
        for (var round = 0; round < 60; round++)
        {
            var then = round == 0 ? size : random.Next(1, size + 1);
            var leaf = random.Next(then);
            var root = nodes.Root(new LeafRange(0, then));
            var path = ProofPlan.Inclusion(leaf, then).ConvertAll(nodes.Root);

            Assert.True(ProofVerification.Includes(leaf, then, leaves[leaf], path, root), $"leaf {leaf} of {then}");
            if (then < 2000)
                Assert.Equal(PlainTree.Root(leaves.AsSpan(0, then)), root);
            foreach (var altered in Altered(path, random))
                Assert.False(ProofVerification.Includes(leaf, then, leaves[leaf], altered, root));
            Assert.False(ProofVerification.Includes(leaf, then, Flip(leaves[leaf], random), path, root));
            Assert.False(ProofVerification.Includes(leaf, then, leaves[leaf], path, Flip(root, random)));
            // Of two trees of other sizes a path may well be the same; of another leaf it never is.
            if (then > 1)
                Assert.False(ProofVerification.Includes((leaf + 1) % then, then, leaves[leaf], path, root));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(65_537)]
    [InlineData(70_001)]
    public void A_tree_is_proved_to_have_grown_from_any_before_it_and_a_fork_is_not(int size)
    {
        var (leaves, nodes) = Grow(size);
        var random = new Random(size);
        for (var round = 0; round < 60; round++)
        {
            var to = random.Next(2, size + 1);
            var from = random.Next(1, to);
            var (before, after) = (nodes.Root(new LeafRange(0, from)), nodes.Root(new LeafRange(0, to)));
            var path = ProofPlan.Consistency(from, to).ConvertAll(nodes.Root);

            Assert.True(ProofVerification.IsConsistent(from, to, before, after, path), $"{from} to {to}");
            foreach (var altered in Altered(path, random))
                Assert.False(ProofVerification.IsConsistent(from, to, before, after, altered));
            Assert.False(ProofVerification.IsConsistent(from, to, Flip(before, random), after, path));
            Assert.False(ProofVerification.IsConsistent(from, to, before, Flip(after, random), path));
            if (to < 2000)
            {
                var fork = leaves[..to];
                fork[random.Next(from)] = PlainTree.Leaf("forged"u8.ToArray());
                Assert.False(ProofVerification.IsConsistent(from, to, before, PlainTree.Root(fork), path));
            }
        }
        Assert.True(ProofVerification.IsConsistent(0, size, MerkleHash.Empty, nodes.Root(new LeafRange(0, size)), []));
    }

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(n => PlainTree.Leaf(Encoding.UTF8.GetBytes($"event {n}")))];

    private static (byte[][] Leaves, TreeNodes Nodes) Grow(int size)
    {
        var (leaves, edge, full) = (Leaves(size), TreeEdge.OfNothing(), new List<FullTile>());
        foreach (var leaf in leaves)
            edge.Append(leaf, full);
        var tiles = full.ToDictionary(tile => (tile.Level, tile.Index), tile => tile.Hashes);
        for (var level = 0; level < 4; level++)
            if (edge.Tile(level) is { Count: > 0 } tile)
                tiles[(level, edge.Size >> (TreeEdge.TileHeight * (level + 1)))] = [.. tile.SelectMany(hash => hash)];
        return (leaves, new TreeNodes(tiles));
    }

    private static IEnumerable<List<byte[]>> Altered(List<byte[]> path, Random random)
    {
        yield return [.. path, new byte[32]];
        if (path.Count == 0)
            yield break;
        var place = random.Next(path.Count);
        yield return [.. path[..place], Flip(path[place], random), .. path[(place + 1)..]];
        yield return [.. path[..place], .. path[(place + 1)..]];
        if (path.Count > 1 && !path[0].SequenceEqual(path[^1]))
            yield return [path[^1], .. path[1..^1], path[0]];
    }

    private static byte[] Flip(byte[] hash, Random random)
    {
        var flipped = hash.ToArray();
        flipped[random.Next(hash.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
