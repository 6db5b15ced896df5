namespace CrossAudit.Client;

/// <summary>How a socket ended.</summary>
/// <param name="Code">The close code, such as one of <see cref="Contracts.Chat.ChatCloseCodes"/>; 1006 where the connection was lost without a word.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record SocketClose(int Code, string Reason);
