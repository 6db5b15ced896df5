namespace CrossAudit.Server.Platform.Search.Postings;

/// <summary>Reads a block's postings in the order of their passages.</summary>
/// <param name="entries">For each posting how far its passage's number is from the one before, its weight and its length.</param>
/// <param name="positions">For each posting how many positions there are, and how far each is from the one before; empty if they are not wanted.</param>
internal ref struct PostingReader(ReadOnlySpan<byte> entries, ReadOnlySpan<byte> positions)
{
    private readonly ReadOnlySpan<byte> _entries = entries;
    private readonly ReadOnlySpan<byte> _positions = positions;
    private int _entry;
    private int _position;

    public Posting Current { get; private set; }

    public bool Read()
    {
        if (_entry == _entries.Length)
            return false;
        Current = new Posting(Current.Number + VarInt.Read(_entries, ref _entry), (int)VarInt.Read(_entries, ref _entry), (int)VarInt.Read(_entries, ref _entry));
        return true;
    }

    /// <summary>The positions of the current posting's word. To be read for each posting, or for none.</summary>
    public int[] ReadPositions()
    {
        var positions = new int[VarInt.Read(_positions, ref _position)];
        for (int i = 0, last = 0; i < positions.Length; i++)
            positions[i] = last += (int)VarInt.Read(_positions, ref _position);
        return positions;
    }
}
