using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>A frame on its way to everyone in a thread. It is written as JSON once, however many receive it.</summary>
/// <param name="SequenceNumber">The place of a new message, by which receivers put frames in order; 0 for frames that have none.</param>
/// <param name="After">The last one that was stored when its sender set about it: what lies between is under way too.</param>
/// <param name="DepartmentId">The department that the thread belongs to; null for the organization at large.</param>
/// <param name="Audience">The participants of a private thread; null for everybody who may read where the thread belongs.</param>
/// <param name="Json">The frame as it goes out, UTF-8.</param>
internal sealed record LiveFrame(Guid OrganizationId, Guid ThreadId, long SequenceNumber, long After, Guid? DepartmentId, Guid[]? Audience, ReadOnlyMemory<byte> Json)
{
    private const int GuidLength = 16;
    private const int DepartmentStart = GuidLength + GuidLength + sizeof(long) + sizeof(long);
    private const int AudienceStart = DepartmentStart + GuidLength;
    private const int AttachmentsStart = AudienceStart + sizeof(int);
    private const int Everybody = -1;
    private const int HeaderLength = AttachmentsStart + sizeof(int);

    /// <summary>The documents of the message in it, each with where it stands, as JSON; empty where it has none.</summary>
    public ReadOnlyMemory<byte> Attachments { get; init; }

    /// <summary>An empty frame asks every socket on the thread to be allowed anew.</summary>
    public bool IsAccessCheck => Json.IsEmpty;

    public bool MayBeHeardBy(Actor actor) =>
        (Audience is null || Array.Exists(Audience, person => person == actor.ReaderId)) && actor.Access.Allows(Permissions.ChatRead, DepartmentId);

    /// <summary>The frame as this actor hears it: of the message's documents those that they may read.</summary>
    public ReadOnlyMemory<byte> JsonFor(Actor actor)
    {
        if (Attachments.IsEmpty)
            return Json;
        var readable = JsonSerializer.Deserialize<List<HeardAttachment>>(Attachments.Span, CrossAuditJson.Options)!.Where(attachment => attachment.MayBeReadBy(actor)).Select(attachment => attachment.View).ToList();
        var frame = JsonNode.Parse(Json.Span)!;
        frame["data"]!["attachments"] = JsonSerializer.SerializeToNode(readable, CrossAuditJson.Options);
        return JsonSerializer.SerializeToUtf8Bytes(frame, CrossAuditJson.Options);
    }

    public byte[] ToMessage()
    {
        var attachmentsAt = HeaderLength + ((Audience?.Length ?? 0) * GuidLength);
        var message = new byte[attachmentsAt + Attachments.Length + Json.Length];
        OrganizationId.TryWriteBytes(message);
        ThreadId.TryWriteBytes(message.AsSpan(GuidLength));
        MemoryMarshal.Write(message.AsSpan(2 * GuidLength), SequenceNumber);
        MemoryMarshal.Write(message.AsSpan((2 * GuidLength) + sizeof(long)), After);
        (DepartmentId ?? Guid.Empty).TryWriteBytes(message.AsSpan(DepartmentStart));
        MemoryMarshal.Write(message.AsSpan(AudienceStart), Audience?.Length ?? Everybody);
        MemoryMarshal.Write(message.AsSpan(AttachmentsStart), Attachments.Length);
        MemoryMarshal.AsBytes(Audience.AsSpan()).CopyTo(message.AsSpan(HeaderLength));
        Attachments.CopyTo(message.AsMemory(attachmentsAt));
        Json.CopyTo(message.AsMemory(attachmentsAt + Attachments.Length));
        return message;
    }

    public static LiveFrame FromMessage(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        var people = MemoryMarshal.Read<int>(bytes[AudienceStart..]);
        var department = new Guid(bytes[DepartmentStart..AudienceStart]);
        var attachmentsAt = HeaderLength + (Math.Max(0, people) * GuidLength);
        var attachments = MemoryMarshal.Read<int>(bytes[AttachmentsStart..]);
        return new LiveFrame(
            new Guid(bytes[..GuidLength]),
            new Guid(bytes[GuidLength..(2 * GuidLength)]),
            MemoryMarshal.Read<long>(bytes[(2 * GuidLength)..]),
            MemoryMarshal.Read<long>(bytes[((2 * GuidLength) + sizeof(long))..]),
            department == Guid.Empty ? null : department,
            people == Everybody ? null : MemoryMarshal.Cast<byte, Guid>(bytes[HeaderLength..attachmentsAt]).ToArray(),
            message[(attachmentsAt + attachments)..])
        {
            Attachments = message.Slice(attachmentsAt, attachments),
        };
    }
}

/// <summary>A document of a message on its way to everyone in a thread, with what decides who may know of it.</summary>
internal sealed record HeardAttachment(Guid? DepartmentId, AttachmentView View)
{
    public bool MayBeReadBy(Actor actor) => actor.Access.Allows(Permissions.DocumentsRead, DepartmentId) && View.SensitivityLevel <= actor.Access.ClearanceIn(DepartmentId);
}
