using System.Runtime.InteropServices;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>A frame on its way to everyone in a thread. It is written as JSON once, however many receive it.</summary>
/// <param name="SequenceNumber">The place of a new message, by which receivers put frames in order; 0 for frames that have none.</param>
/// <param name="After">The last one that was stored when its sender set about it: what lies between is under way too.</param>
/// <param name="Audience">Who may hear it: the participants of a private thread; empty for the whole organization.</param>
/// <param name="Json">The frame as it goes out, UTF-8.</param>
internal sealed record LiveFrame(Guid OrganizationId, Guid ThreadId, long SequenceNumber, long After, Guid[] Audience, ReadOnlyMemory<byte> Json)
{
    private const int GuidLength = 16;
    private const int AudienceStart = GuidLength + GuidLength + sizeof(long) + sizeof(long);
    private const int HeaderLength = AudienceStart + sizeof(int);

    /// <summary>An empty frame asks every socket on the thread to be allowed anew.</summary>
    public bool IsAccessCheck => Json.IsEmpty;

    public bool MayBeHeardBy(Guid? userId) => Audience.Length == 0 || Array.Exists(Audience, person => person == userId);

    public byte[] ToMessage()
    {
        var message = new byte[HeaderLength + (Audience.Length * GuidLength) + Json.Length];
        OrganizationId.TryWriteBytes(message);
        ThreadId.TryWriteBytes(message.AsSpan(GuidLength));
        MemoryMarshal.Write(message.AsSpan(2 * GuidLength), SequenceNumber);
        MemoryMarshal.Write(message.AsSpan((2 * GuidLength) + sizeof(long)), After);
        MemoryMarshal.Write(message.AsSpan(AudienceStart), Audience.Length);
        MemoryMarshal.AsBytes(Audience.AsSpan()).CopyTo(message.AsSpan(HeaderLength));
        Json.CopyTo(message.AsMemory(HeaderLength + (Audience.Length * GuidLength)));
        return message;
    }

    public static LiveFrame FromMessage(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        var people = MemoryMarshal.Read<int>(bytes[AudienceStart..]);
        return new LiveFrame(
            new Guid(bytes[..GuidLength]),
            new Guid(bytes[GuidLength..(2 * GuidLength)]),
            MemoryMarshal.Read<long>(bytes[(2 * GuidLength)..]),
            MemoryMarshal.Read<long>(bytes[((2 * GuidLength) + sizeof(long))..]),
            MemoryMarshal.Cast<byte, Guid>(bytes.Slice(HeaderLength, people * GuidLength)).ToArray(),
            message[(HeaderLength + (people * GuidLength))..]);
    }
}
