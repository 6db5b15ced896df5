using System.Buffers.Binary;
using System.Numerics;

namespace CrossAudit.Server.Platform.Search.Terms;

/// <summary>Numbers of one block: 4,096 that follow each other, each in it or not.</summary>
internal sealed class NumberSet
{
    /// <summary>Numbers in a block.</summary>
    public const int BlockSize = 4096;

    private const int WordBits = 64;
    private const int BitmapBytes = BlockSize / 8;

    // From here on a bitmap is no longer than a list.
    private const int FewestOfBitmap = BitmapBytes / sizeof(ushort);

    private readonly ulong[] _bits = new ulong[BlockSize / WordBits];

    public static NumberSet All { get; } = Full();

    public bool IsEmpty => !_bits.AsSpan().ContainsAnyExcept(0UL);

    public int Count => _bits.Sum(BitOperations.PopCount);

    /// <summary>What <see cref="Store"/> gave.</summary>
    public static NumberSet Of(ReadOnlySpan<byte> stored)
    {
        var set = new NumberSet();
        if (stored.Length == BitmapBytes)
            for (var i = 0; i < set._bits.Length; i++)
                set._bits[i] = BinaryPrimitives.ReadUInt64LittleEndian(stored[(i * sizeof(ulong))..]);
        else
            for (; stored.Length > 0; stored = stored[sizeof(ushort)..])
                set.Add(BinaryPrimitives.ReadUInt16LittleEndian(stored));
        return set;
    }

    /// <summary>A list of the numbers, or a bitmap where there are many.</summary>
    public byte[] Store()
    {
        var stored = new byte[Count < FewestOfBitmap ? Count * sizeof(ushort) : BitmapBytes];
        if (stored.Length == BitmapBytes)
            for (var i = 0; i < _bits.Length; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(stored.AsSpan(i * sizeof(ulong)), _bits[i]);
        else
            foreach (var (number, place) in Ascending().Select((number, place) => (number, place)))
                BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(place * sizeof(ushort)), (ushort)number);
        return stored;
    }

    /// <param name="number">From 0 to 4,095.</param>
    public void Add(int number) => _bits[number / WordBits] |= 1UL << (number % WordBits);

    public void UnionWith(NumberSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] |= other._bits[i];
    }

    public void IntersectWith(NumberSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= other._bits[i];
    }

    public void ExceptWith(NumberSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= ~other._bits[i];
    }

    public NumberSet Copy()
    {
        var copy = new NumberSet();
        copy.UnionWith(this);
        return copy;
    }

    public IEnumerable<int> Ascending()
    {
        for (var i = 0; i < _bits.Length; i++)
            for (var rest = _bits[i]; rest != 0; rest &= rest - 1)
                yield return (i * WordBits) + BitOperations.TrailingZeroCount(rest);
    }

    private static NumberSet Full()
    {
        var set = new NumberSet();
        Array.Fill(set._bits, ulong.MaxValue);
        return set;
    }
}
