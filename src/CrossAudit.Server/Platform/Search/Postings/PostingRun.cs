using System.Buffers;

namespace CrossAudit.Server.Platform.Search.Postings;

/// <summary>Postings of one word under way to a block, as <see cref="PostingReader"/> reads them but for the first number, which depends on what stands before.</summary>
internal sealed class PostingRun
{
    private readonly ArrayBufferWriter<byte> _entries = new(16);
    private readonly ArrayBufferWriter<byte> _positions = new(16);

    private int _count;

    public long First { get; private set; } = -1;

    public long Last { get; private set; } = -1;

    /// <param name="posting">One of a later passage than those before.</param>
    /// <param name="positions">Where the word stands there, in order.</param>
    public void Add(Posting posting, ReadOnlySpan<int> positions)
    {
        if (First < 0)
            First = posting.Number;
        else
            VarInt.Write(_entries, posting.Number - Last);
        Last = posting.Number;
        _count++;
        VarInt.Write(_entries, posting.Weight);
        VarInt.Write(_entries, posting.Length);
        VarInt.Write(_positions, positions.Length);
        var before = 0;
        foreach (var position in positions)
        {
            VarInt.Write(_positions, position - before);
            before = position;
        }
    }

    /// <summary>Puts the run behind a block's postings.</summary>
    public void AppendTo(PostingBlock block)
    {
        var entries = new ArrayBufferWriter<byte>(block.Entries.Length + _entries.WrittenCount + 10);
        entries.Write(block.Entries);
        VarInt.Write(entries, First - block.Last);
        entries.Write(_entries.WrittenSpan);
        block.Entries = entries.WrittenSpan.ToArray();
        block.Positions = [.. block.Positions, .. _positions.WrittenSpan];
        block.Last = Last;
        block.Passages += _count;
    }
}
