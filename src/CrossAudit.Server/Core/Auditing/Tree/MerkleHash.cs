using System.Numerics;
using System.Security.Cryptography;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>The hashes of a Merkle tree (RFC 9162, section 2.1.1), with SHA-256.</summary>
internal static class MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] Empty { get; } = SHA256.HashData([]);

    public static byte[] Leaf(ReadOnlySpan<byte> entry) => SHA256.HashData([LeafPrefix, .. entry]);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * Size)];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Size)..]);
        return SHA256.HashData(node);
    }

    /// <summary>The root over trees that stand beside each other: all of one size and complete, but for the last, which may be smaller.</summary>
    public static byte[] Fold(ReadOnlySpan<byte[]> trees)
    {
        if (trees.Length == 1)
            return trees[0];
        var left = (int)LargestPowerBelow(trees.Length);
        return Node(Fold(trees[..left]), Fold(trees[left..]));
    }

    /// <summary>The largest power of two smaller than <paramref name="size"/>, which is at least 2: where a tree divides.</summary>
    public static long LargestPowerBelow(long size) => 1L << (BitOperations.Log2((ulong)(size - 1)));
}
