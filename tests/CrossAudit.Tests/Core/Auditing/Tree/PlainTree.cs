using System.Security.Cryptography;

namespace CrossAudit.Tests.Core.Auditing.Tree;

/// <summary>The Merkle tree of RFC 9162, section 2.1.1, written down as its definition reads: what the server's is held against.</summary>
internal static class PlainTree
{
    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
            return SHA256.HashData([]);
        if (leaves.Length == 1)
            return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Length)
            k *= 2;
        return SHA256.HashData([1, .. Root(leaves[..k]), .. Root(leaves[k..])]);
    }
}
