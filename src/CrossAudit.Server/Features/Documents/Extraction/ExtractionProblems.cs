namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The file is sound but holds nothing that could be read as text. The message is for the user.</summary>
internal sealed class UnsupportedContentException(string reason) : Exception(reason)
{
    public static UnsupportedContentException NoText() => new("The file holds no text.");
}

/// <summary>The file is damaged, locked or beyond the limits. The message is for the user.</summary>
internal class UnreadableContentException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    public static UnreadableContentException Locked(Exception? inner = null) =>
        new("The file is protected by a password. Remove the encryption and upload it again.", inner);

    /// <summary>Of the parser's exception nothing is told: its words are not for users.</summary>
    public static UnreadableContentException NotA(string mimeType, Exception? inner = null) =>
        Damaged($"it cannot be read as {ContentTypes.Describe(mimeType)}.", inner);

    public static UnreadableContentException Damaged(string how, Exception? inner = null) => new($"The file is damaged: {how}", inner);
}

/// <summary>The file asks for more than one file may have. It ends the whole job, where other problems of a file inside another leave that one out.</summary>
internal sealed class BeyondLimitsException(string reason) : UnreadableContentException(reason);
