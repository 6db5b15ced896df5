using System.Globalization;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>What a checkpoint says: that a log had so many leaves, under this root (https://c2sp.org/tlog-checkpoint). It is signed as a note.</summary>
/// <param name="Origin">Which log: the server's host and the organization.</param>
/// <param name="Size">How many leaves.</param>
/// <param name="Root">The root over them.</param>
internal sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>Whether two say the same.</summary>
    public bool Says(string origin, long size, ReadOnlySpan<byte> root) => Origin == origin && Size == size && Root.AsSpan().SequenceEqual(root);

    /// <exception cref="FormatException">It is none.</exception>
    public static Checkpoint Parse(string text)
    {
        // Further lines may say more; none of ours does.
        if (text.Split('\n') is [{ Length: > 0 } origin, var size, var root, ..]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves) && Convert.FromBase64String(root) is { Length: MerkleHash.Size } hash)
            return new Checkpoint(origin, leaves, hash);
        throw new FormatException("A checkpoint is an origin, a size and a root.");
    }
}
