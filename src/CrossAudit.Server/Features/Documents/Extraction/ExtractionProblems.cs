namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The file is sound but holds nothing that could be read as text. The message is for the user.</summary>
internal sealed class UnsupportedContentException(string reason) : Exception(reason)
{
    public static UnsupportedContentException NoText() => new("The file holds no text.");
}

/// <summary>The file is damaged, locked or beyond the limits. The message is for the user.</summary>
internal sealed class UnreadableContentException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    public static UnreadableContentException Locked(Exception? inner = null) =>
        new("The file is protected by a password. Remove the encryption and upload it again.", inner);

    public static UnreadableContentException Damaged(string how, Exception? inner = null) => new($"The file is damaged: {how}", inner);
}
