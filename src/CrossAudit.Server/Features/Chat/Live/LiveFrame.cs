using System.Runtime.InteropServices;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>A frame on its way to everyone in a thread. It is written as JSON once, however many receive it.</summary>
/// <param name="SequenceNumber">The place of a new message, by which receivers put frames in order; 0 for frames that have none.</param>
/// <param name="After">The last one that was stored when its sender set about it: what lies between is under way too.</param>
/// <param name="DepartmentId">The department that the thread belongs to; null for the organization at large.</param>
/// <param name="Audience">The participants of a private thread; empty for everybody who may read where the thread belongs.</param>
/// <param name="Json">The frame as it goes out, UTF-8.</param>
internal sealed record LiveFrame(Guid OrganizationId, Guid ThreadId, long SequenceNumber, long After, Guid? DepartmentId, Guid[] Audience, ReadOnlyMemory<byte> Json)
{
    private const int GuidLength = 16;
    private const int DepartmentStart = GuidLength + GuidLength + sizeof(long) + sizeof(long);
    private const int AudienceStart = DepartmentStart + GuidLength;
    private const int HeaderLength = AudienceStart + sizeof(int);

    /// <summary>An empty frame asks every socket on the thread to be allowed anew.</summary>
    public bool IsAccessCheck => Json.IsEmpty;

    public bool MayBeHeardBy(Actor actor) =>
        (Audience.Length == 0 || Array.Exists(Audience, person => person == actor.UserId)) && actor.Access.Allows(Permissions.ChatRead, DepartmentId);

    public byte[] ToMessage()
    {
        var message = new byte[HeaderLength + (Audience.Length * GuidLength) + Json.Length];
        OrganizationId.TryWriteBytes(message);
        ThreadId.TryWriteBytes(message.AsSpan(GuidLength));
        MemoryMarshal.Write(message.AsSpan(2 * GuidLength), SequenceNumber);
        MemoryMarshal.Write(message.AsSpan((2 * GuidLength) + sizeof(long)), After);
        (DepartmentId ?? Guid.Empty).TryWriteBytes(message.AsSpan(DepartmentStart));
        MemoryMarshal.Write(message.AsSpan(AudienceStart), Audience.Length);
        MemoryMarshal.AsBytes(Audience.AsSpan()).CopyTo(message.AsSpan(HeaderLength));
        Json.CopyTo(message.AsMemory(HeaderLength + (Audience.Length * GuidLength)));
        return message;
    }

    public static LiveFrame FromMessage(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        var people = MemoryMarshal.Read<int>(bytes[AudienceStart..]);
        var department = new Guid(bytes[DepartmentStart..AudienceStart]);
        return new LiveFrame(
            new Guid(bytes[..GuidLength]),
            new Guid(bytes[GuidLength..(2 * GuidLength)]),
            MemoryMarshal.Read<long>(bytes[(2 * GuidLength)..]),
            MemoryMarshal.Read<long>(bytes[((2 * GuidLength) + sizeof(long))..]),
            department == Guid.Empty ? null : department,
            MemoryMarshal.Cast<byte, Guid>(bytes.Slice(HeaderLength, people * GuidLength)).ToArray(),
            message[(HeaderLength + (people * GuidLength))..]);
    }
}
