using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>
/// Accepts sockets and signs them in: by header, by <c>?token=</c>, or by a first frame. Whatever is wrong with the token is said by a close
/// code, for browsers do not let a page see why an upgrade was refused.
/// </summary>
internal sealed class ChatSocket(
    ChatHub hub, ActorAuthenticator authenticator, ActorScopes scopes, TimeProvider clock, ILogger<ChatSocket> logger)
{
    private static readonly TimeSpan FirstFrameTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    public async Task RunAsync(HttpContext http, Guid? threadId)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        var stop = http.RequestAborted;
        var frames = new FrameReader(socket);
        var (actor, refusal) = await SignInAsync(http, frames, stop);
        using var connection = new ChatConnection(socket, actor ?? Actor.Anonymous, threadId);
        if (actor is null)
        {
            await connection.CloseAsync(refusal, refusal == ChatCloseCodes.NoFirstFrame ? "No first frame came in time." : "The token is missing or not valid.");
            return;
        }
        var handler = new FrameHandler(authenticator, scopes, Origin.Of(http), http.Connection.RemoteIpAddress, clock, logger);
        var session = new ChatSession(connection, hub, authenticator, handler, scopes, clock, logger);
        if (await session.RefusalAsync(stop) is var (code, reason))
            await connection.CloseAsync(code, reason);
        else
            await session.RunAsync(frames, stop);
    }

    private async Task<(Actor? Actor, int Refusal)> SignInAsync(HttpContext http, FrameReader frames, CancellationToken stop)
    {
        var sent = http.Request.Query["token"].FirstOrDefault() ?? BearerAuthentication.TokenOf(http.Request) ?? await FirstFrameTokenAsync(frames, stop);
        if (sent is null)
            return (null, ChatCloseCodes.NoFirstFrame);
        return (await authenticator.AuthenticateAsync(sent, http.Connection.RemoteIpAddress, stop), ChatCloseCodes.NotSignedIn);
    }

    /// <summary>The token of the first frame, empty if it has none; null if no frame came in time.</summary>
    private async Task<string?> FirstFrameTokenAsync(FrameReader frames, CancellationToken stop)
    {
        // Not cancelled when time is up: that would tear the socket down before it could say why.
        var first = frames.ReadAsync(stop);
        try
        {
            return await first.WaitAsync(FirstFrameTimeout, clock, stop) is { Frame: { Type: ChatFrameTypes.Auth, Token: { } token } } ? token : "";
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
