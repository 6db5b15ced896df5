namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>Checks proofs, knowing nothing of the tree but its root (RFC 9162).</summary>
internal static class ProofVerification
{
    /// <summary>Whether the leaf is in the tree with this root (section 2.1.3.2).</summary>
    public static bool Includes(long leaf, long size, byte[] leafHash, IReadOnlyList<byte[]> hashes, byte[] root)
    {
        if (leaf < 0 || leaf >= size || leafHash.Length != MerkleHash.Size)
            return false;
        var (node, last, hash) = (leaf, size - 1, leafHash);
        foreach (var beside in hashes)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(beside, hash);
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleHash.Node(hash, beside);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Whether the tree with the second root begins with all leaves of the first (section 2.1.4.2).</summary>
    public static bool IsConsistent(long from, long to, byte[] fromRoot, byte[] toRoot, IReadOnlyList<byte[]> hashes)
    {
        if (from > to || from < 0)
            return false;
        if (from == to)
            return hashes.Count == 0 && fromRoot.AsSpan().SequenceEqual(toRoot);
        // Every tree begins with the one that has no leaves.
        if (from == 0)
            return hashes.Count == 0 && fromRoot.AsSpan().SequenceEqual(MerkleHash.Empty);
        List<byte[]> path = long.IsPow2(from) ? [fromRoot, .. hashes] : [.. hashes];
        if (path.Count == 0)
            return false;
        var (node, last) = (from - 1, to - 1);
        while ((node & 1) == 1)
            (node, last) = (node >> 1, last >> 1);
        var (before, after) = (path[0], path[0]);
        foreach (var beside in path.Skip(1))
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                (before, after) = (MerkleHash.Node(beside, before), MerkleHash.Node(beside, after));
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                after = MerkleHash.Node(after, beside);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && before.AsSpan().SequenceEqual(fromRoot) && after.AsSpan().SequenceEqual(toRoot);
    }
}
