namespace CrossAudit.Client;

/// <summary>The socket closed before what was sent was answered: it may have arrived. A message sent again with its <c>client_id</c> is stored once.</summary>
/// <param name="close">How the socket ended.</param>
/// <param name="cause">What led to it, if anything.</param>
public sealed class ChatClosedException(SocketClose close, Exception? cause = null)
    : IOException($"The socket was closed with {close?.Code}. {close?.Reason}".TrimEnd(), cause)
{
    /// <summary>How the socket ended.</summary>
    public SocketClose Close { get; } = close ?? throw new ArgumentNullException(nameof(close));
}
