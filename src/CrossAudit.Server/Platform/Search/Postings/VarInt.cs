using System.Buffers;

namespace CrossAudit.Server.Platform.Search.Postings;

/// <summary>Numbers in as few bytes as they need, seven bits in each (LEB128).</summary>
internal static class VarInt
{
    public static void Write(ArrayBufferWriter<byte> bytes, long value)
    {
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; value > 0x7F; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        bytes.Advance(length);
    }

    public static long Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        long value = bytes[at] & 0x7F;
        for (var shift = 7; bytes[at++] > 0x7F; shift += 7)
            value |= (long)(bytes[at] & 0x7F) << shift;
        return value;
    }
}
