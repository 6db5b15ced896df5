using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Features.Chat;

/// <summary>What the trail says of chat: who, where and when, never what was said.</summary>
internal static class ChatAudit
{
    public static AuditEntry ThreadCreated(ChatThread thread) => AuditEntry.On(AuditActions.ThreadCreated, "thread", thread.Id) with
    {
        // A private thread's name is known to its participants alone.
        Metadata = new() { ["name"] = thread.IsPrivate ? null : thread.Name, ["is_private"] = thread.IsPrivate, ["participants"] = thread.Participants.Count, ["department_id"] = thread.DepartmentId?.ToString() },
    };

    public static AuditEntry Participant(string action, Guid threadId, Guid userId) => AuditEntry.On(action, "thread", threadId) with { TargetUserId = userId };

    /// <summary>Somebody would change what another wrote or opened.</summary>
    public static AuditEntry Denied(string resourceType, Guid id) => AuditEntry.Denied(Permissions.ChatModerate) with { ResourceType = resourceType, ResourceId = id.ToString() };

    public static AuditEntry Message(string action, Message message) => AuditEntry.On(action, "message", message.Id) with
    {
        Metadata = new() { ["thread_id"] = message.ThreadId.ToString() },
    };
}
