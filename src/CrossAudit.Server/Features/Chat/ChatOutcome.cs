using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Features.Chat;

/// <summary>How an act on a thread or message ended.</summary>
internal abstract record ChatOutcome
{
    public sealed record ThreadDone(Revised<ThreadView> Thread) : ChatOutcome;

    /// <param name="IsNew">False where the same <c>client_id</c> was stored before.</param>
    public sealed record MessageDone(Revised<MessageView> Message, bool IsNew) : ChatOutcome;

    public sealed record Removed : ChatOutcome;

    /// <summary>There is no such thread, message or participant, or none that the actor may know of.</summary>
    public sealed record Missing : ChatOutcome;

    public sealed record Stale : ChatOutcome;

    /// <summary>Somebody else changed it at the same moment.</summary>
    public sealed record Lost : ChatOutcome;

    public sealed record NotAuthor : ChatOutcome;

    /// <summary>The permission is held elsewhere, and not where the thread is or would come to be.</summary>
    public sealed record NotAllowed : ChatOutcome;

    /// <summary>The organization has no such department (any more).</summary>
    public sealed record DepartmentUnknown : ChatOutcome;

    public sealed record MessageGone : ChatOutcome;

    /// <summary>The message is HTML with too many tags.</summary>
    public sealed record HtmlTooComplex : ChatOutcome;

    public sealed record ParentNotInThread : ChatOutcome;

    public sealed record ParticipantNotMember : ChatOutcome;

    /// <summary>Somebody mentioned cannot read the thread.</summary>
    public sealed record MentionNotReader : ChatOutcome;

    /// <summary>A document attached is none that the sender may read.</summary>
    public sealed record AttachmentUnknown : ChatOutcome;

    /// <summary>What the message holds is labelled above its thread.</summary>
    public sealed record LabelAboveThread : ChatOutcome;

    public sealed record ThreadArchived : ChatOutcome;

    /// <summary>The conversation of two stays one of these two.</summary>
    public sealed record ThreadIsDirect : ChatOutcome;

    /// <summary>A private thread is people's: a service key would not see it.</summary>
    public sealed record PersonRequired : ChatOutcome;

    public sealed record TooManyReactions : ChatOutcome;
}
