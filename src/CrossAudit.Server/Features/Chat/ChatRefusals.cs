using CrossAudit.Contracts.Errors;

namespace CrossAudit.Server.Features.Chat;

/// <summary>What is said where something is refused: the same by HTTP and on a socket.</summary>
internal static class ChatRefusals
{
    public static (string Code, string Detail) Of(ChatOutcome refused) => refused switch
    {
        ChatOutcome.HtmlTooComplex => (ErrorCodes.HtmlTooComplex, $"HTML takes at most {SafeHtml.MostTags} tags."),
        ChatOutcome.ParentNotInThread => (ErrorCodes.ParentNotInThread, "The message answered to is not in this thread."),
        ChatOutcome.AttachmentUnknown => (ErrorCodes.AttachmentUnknown, "There is no document with one of these ids, or none that you may read."),
        ChatOutcome.MentionNotReader => (ErrorCodes.MentionNotReader, "Only those who may read the thread can be mentioned in it."),
        ChatOutcome.ParticipantNotMember => (ErrorCodes.ParticipantNotMember, "Only members of the organization can take part, and a direct message is to somebody else."),
        ChatOutcome.LabelAboveThread => (ErrorCodes.LabelAboveThread, "What the message holds is labelled above its thread."),
        ChatOutcome.ThreadArchived => (ErrorCodes.ThreadArchived, "The thread is archived."),
        ChatOutcome.ThreadIsDirect => (ErrorCodes.ThreadIsDirect, "A direct conversation stays one of its two people."),
        ChatOutcome.TooManyReactions => (ErrorCodes.TooManyReactions, $"One reacts to a message in at most {MessageReaction.MostOfOnePerson} ways."),
        ChatOutcome.MessageGone => (ErrorCodes.MessageDeleted, "The message was deleted."),
        ChatOutcome.NotAllowed => (ErrorCodes.PermissionDenied, "This needs a permission where the thread is, or would come to be: chat.write, or chat.moderate for the history."),
        ChatOutcome.PersonRequired => (ErrorCodes.PersonRequired, "A service key is nobody's: it opens no private or direct thread, since it would not see it."),
        ChatOutcome.NotAuthor => (ErrorCodes.NotAuthor, "Only the author, or somebody with the permission chat.moderate, may do this."),
        ChatOutcome.DepartmentUnknown => (ErrorCodes.DepartmentUnknown, "The organization has no such department."),
        _ => (ErrorCodes.NotFound, "There is no such thread."),
    };
}
