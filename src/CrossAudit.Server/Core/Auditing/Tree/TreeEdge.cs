namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>
/// The right edge of a growing tree, in tiles of 256 hashes (https://c2sp.org/tlog-tiles): of each level the tile that is not full yet. It is all that has to be known to append,
/// and to say the root.
/// </summary>
internal sealed class TreeEdge
{
    /// <summary>Hashes in a full tile.</summary>
    public const int TileWidth = 256;

    /// <summary>Levels of the tree that one level of tiles spans: 2 to the 8th is 256.</summary>
    public const int TileHeight = 8;

    private readonly List<List<byte[]>> _levels = [];

    private TreeEdge(long size) => Size = size;

    /// <summary>How many leaves there are.</summary>
    public long Size { get; private set; }

    public static TreeEdge OfNothing() => new(0);

    /// <param name="size">How many leaves there are.</param>
    /// <param name="hashes">The hashes of the tiles that are not full, from the leaves up: see <see cref="Save"/>.</param>
    /// <exception cref="InvalidDataException">There are not as many hashes as a tree of this size has.</exception>
    public static TreeEdge Load(long size, ReadOnlySpan<byte> hashes)
    {
        var edge = new TreeEdge(size);
        for (var rest = size; rest > 0; rest /= TileWidth)
        {
            var tile = new List<byte[]>();
            for (var i = 0; i < rest % TileWidth; i++)
            {
                if (hashes.Length < MerkleHash.Size)
                    throw new InvalidDataException("The edge of the tree is too short.");
                tile.Add(hashes[..MerkleHash.Size].ToArray());
                hashes = hashes[MerkleHash.Size..];
            }
            edge._levels.Add(tile);
        }
        return hashes.IsEmpty ? edge : throw new InvalidDataException("The edge of the tree is too long.");
    }

    public byte[] Save()
    {
        var saved = new byte[_levels.Sum(tile => tile.Count) * MerkleHash.Size];
        var place = 0;
        foreach (var hash in _levels.SelectMany(tile => tile))
        {
            hash.CopyTo(saved, place);
            place += hash.Length;
        }
        return saved;
    }

    /// <summary>The hashes of the tile that is not full on this level; none where the last one is.</summary>
    public IReadOnlyList<byte[]> Tile(int level) => level < _levels.Count ? _levels[level] : [];

    /// <summary>Appends a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <param name="full">Takes the tiles that become full by it.</param>
    public void Append(byte[] leaf, List<FullTile> full)
    {
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count)
                _levels.Add([]);
            var tile = _levels[level];
            tile.Add(hash);
            if (tile.Count < TileWidth)
                break;
            full.Add(new FullTile(level, Size >> (TileHeight * (level + 1)), [.. tile.SelectMany(each => each)]));
            hash = MerkleHash.Fold(tile.ToArray());
            tile.Clear();
        }
        Size++;
    }

    public byte[] Root()
    {
        byte[]? root = null;
        foreach (var tile in _levels)
        {
            List<byte[]> trees = root is null ? tile : [.. tile, root];
            if (trees.Count > 0)
                root = MerkleHash.Fold(trees.ToArray());
        }
        return root ?? MerkleHash.Empty;
    }
}

/// <summary>A tile that will not change any more.</summary>
/// <param name="Level">Of the tiles: 0 holds the hashes of leaves, 1 the roots of full tiles of level 0, and so on.</param>
/// <param name="Index">Its place on its level, from 0.</param>
/// <param name="Hashes">256 hashes.</param>
internal readonly record struct FullTile(int Level, long Index, byte[] Hashes);
