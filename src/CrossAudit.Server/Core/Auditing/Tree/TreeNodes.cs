namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>The roots of parts of a tree, worked out from its tiles; each is worked out once.</summary>
/// <param name="tiles">By level and index the hashes of the tiles that are needed.</param>
internal sealed class TreeNodes(IReadOnlyDictionary<(int Level, long Index), byte[]> tiles)
{
    private readonly Dictionary<(int Height, long Index), byte[]> _known = [];

    /// <summary>Which tile a complete tree of this height is worked out from.</summary>
    public static (int Level, long Index) TileOf((int Height, long Index) tree) =>
        (tree.Height / TreeEdge.TileHeight, (tree.Index << (tree.Height % TreeEdge.TileHeight)) / TreeEdge.TileWidth);

    /// <exception cref="InvalidDataException">A tile is missing.</exception>
    public byte[] Root(LeafRange range) => range.CompleteTrees().Select(Root).Reverse().Aggregate((right, left) => MerkleHash.Node(left, right));

    private byte[] Root((int Height, long Index) tree)
    {
        if (_known.TryGetValue(tree, out var known))
            return known;
        return _known[tree] = tree.Height % TreeEdge.TileHeight == 0
            ? Stored(tree)
            : MerkleHash.Node(Root((tree.Height - 1, 2 * tree.Index)), Root((tree.Height - 1, (2 * tree.Index) + 1)));
    }

    private byte[] Stored((int Height, long Index) tree)
    {
        var place = (int)(tree.Index % TreeEdge.TileWidth) * MerkleHash.Size;
        return tiles.TryGetValue(TileOf(tree), out var tile) && tile.Length >= place + MerkleHash.Size
            ? tile.AsSpan(place, MerkleHash.Size).ToArray()
            : throw new InvalidDataException("A tile of the audit tree is missing.");
    }
}
