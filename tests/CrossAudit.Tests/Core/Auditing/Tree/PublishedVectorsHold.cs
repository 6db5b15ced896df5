using System.Text.Json;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Tests.Features.Documents.Extraction;

namespace CrossAudit.Tests.Core.Auditing.Tree;

/// <summary>The vectors that other implementations of RFC 6962 and RFC 9162 are tested with.</summary>
public sealed class PublishedVectorsHold
{
    [Fact]
    public void Roots_are_those_of_the_reference_implementation()
    {
        var vectors = Read("rfc6962-roots.json");
        var (edge, leaves) = (TreeEdge.OfNothing(), vectors.GetProperty("leaves_hex").EnumerateArray().Select(leaf => Convert.FromHexString(leaf.GetString()!)).ToList());
        var roots = vectors.GetProperty("root_hex_by_tree_size").EnumerateArray().Select(root => root.GetString()!).ToList();
        Assert.Equal(leaves.Count + 1, roots.Count);
        for (var size = 0; size < roots.Count; size++)
        {
            Assert.Equal(roots[size], Convert.ToHexStringLower(edge.Root()));
            if (size < leaves.Count)
                edge.Append(MerkleHash.Leaf(leaves[size]), []);
        }
    }

    [Fact]
    public void Inclusion_proofs_hold_or_are_refused_as_published()
    {
        var cases = Read("inclusion.json").GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var vector in cases)
            Assert.True(
                vector.GetProperty("wantErr").GetBoolean() != ProofVerification.Includes(Number(vector, "leafIdx"), Number(vector, "treeSize"), Bytes(vector, "leafHash"), Hashes(vector), Bytes(vector, "root")),
                vector.GetProperty("name").GetString());
    }

    [Fact]
    public void Consistency_proofs_hold_or_are_refused_as_published()
    {
        var cases = Read("consistency.json").GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var vector in cases)
            Assert.True(
                vector.GetProperty("wantErr").GetBoolean() != ProofVerification.IsConsistent(Number(vector, "size1"), Number(vector, "size2"), Bytes(vector, "root1"), Bytes(vector, "root2"), Hashes(vector)),
                vector.GetProperty("name").GetString());
    }

    private static long Number(JsonElement vector, string name) => (long)vector.GetProperty(name).GetUInt64();

    private static byte[] Bytes(JsonElement vector, string name) => vector.GetProperty(name).ValueKind == JsonValueKind.Null ? [] : vector.GetProperty(name).GetBytesFromBase64();

    private static List<byte[]> Hashes(JsonElement vector) =>
        vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof ? [.. proof.EnumerateArray().Select(hash => hash.GetBytesFromBase64())] : [];

    private static JsonElement Read(string file)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        using var vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Folder!, "vectors", "merkle", file)));
        return vectors.RootElement.Clone();
    }
}
