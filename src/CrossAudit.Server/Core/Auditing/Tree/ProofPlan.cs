using System.Numerics;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>Leaves from one number to another, exclusive, whose common root a proof names.</summary>
internal readonly record struct LeafRange(long Start, long End)
{
    public long Size => End - Start;

    /// <summary>The complete trees that make it up, from the left: each as its height and its place among those of that height.</summary>
    public IEnumerable<(int Height, long Index)> CompleteTrees()
    {
        for (var (start, size) = (Start, Size); size > 0;)
        {
            var height = BitOperations.Log2((ulong)size);
            yield return (height, start >> height);
            start += 1L << height;
            size -= 1L << height;
        }
    }
}

/// <summary>Which hashes prove something of a tree, in the order in which a proof lists them (RFC 9162, section 2.1).</summary>
internal static class ProofPlan
{
    /// <summary>That the leaf is in the tree (section 2.1.3.1).</summary>
    /// <param name="leaf">Its number: from 0, and below <paramref name="size"/>.</param>
    /// <param name="size">How many leaves the tree has.</param>
    public static List<LeafRange> Inclusion(long leaf, long size)
    {
        var path = new List<LeafRange>();
        Include(leaf, new LeafRange(0, size), path);
        return path;
    }

    /// <summary>That the tree begins with the smaller one (section 2.1.4.1).</summary>
    /// <param name="from">Leaves of the smaller tree, from 1.</param>
    /// <param name="to">Leaves of the larger one, not fewer.</param>
    public static List<LeafRange> Consistency(long from, long to)
    {
        var path = new List<LeafRange>();
        Compare(from, new LeafRange(0, to), true, path);
        return path;
    }

    private static void Include(long leaf, LeafRange tree, List<LeafRange> path)
    {
        if (tree.Size == 1)
            return;
        var (left, right) = Divide(tree);
        var (with, beside) = leaf < left.End ? (left, right) : (right, left);
        Include(leaf, with, path);
        path.Add(beside);
    }

    private static void Compare(long from, LeafRange tree, bool isKnown, List<LeafRange> path)
    {
        if (from == tree.End)
        {
            if (!isKnown)
                path.Add(tree);
            return;
        }
        var (left, right) = Divide(tree);
        if (from <= left.End)
        {
            Compare(from, left, isKnown, path);
            path.Add(right);
        }
        else
        {
            Compare(from, right, false, path);
            path.Add(left);
        }
    }

    private static (LeafRange Left, LeafRange Right) Divide(LeafRange tree)
    {
        var middle = tree.Start + MerkleHash.LargestPowerBelow(tree.Size);
        return (new LeafRange(tree.Start, middle), new LeafRange(middle, tree.End));
    }
}
