using System.Net.WebSockets;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Features.Chat.Live;

/// <summary>A signed-in socket from its first frame to its last.</summary>
internal sealed partial class ChatSession(
    ChatConnection connection, ChatHub hub, ActorAuthenticator authenticator, FrameHandler handler, ActorScopes scopes, TimeProvider clock, ILogger logger)
{
    /// <summary>How long a peer may take to answer a close.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked whether the token or a role has expired: a comparison, no I/O.</summary>
    private static readonly TimeSpan ExpiryLook = TimeSpan.FromSeconds(5);

    /// <summary>Listens until the peer leaves, its access ends or the server stops.</summary>
    public async Task RunAsync(FrameReader frames, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        connection.AccessDoubted += () => _ = CheckAccessAsync(ended);
        connection.GoingAway += () => _ = EndAsync((int)WebSocketCloseStatus.EndpointUnavailable, "The server is going away.", ended);
        using var look = clock.CreateTimer(_ => connection.DoubtAccessIfOver(clock.GetUtcNow()), null, ExpiryLook, ExpiryLook);
        hub.Add(connection);
        var pump = connection.PumpAsync(ended.Token);
        try
        {
            // What changed between signing in and being listed is caught here.
            await CheckAccessAsync(ended);
            Incoming incoming;
            while ((incoming = await frames.ReadAsync(ended.Token)).Close is null)
                await handler.HandleAsync(connection, incoming.Frame, ended.Token);
            await connection.CloseAsync(incoming.Close.Value, "");
        }
        catch (OperationCanceledException)
        {
            // The peer vanished, or did not answer a close in time: there is nobody left to tell.
        }
        finally
        {
            hub.Remove(connection);
            await ended.CancelAsync();
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Why the actor may not listen (any more): a close code and its reason. Null if it may.</summary>
    public async Task<(int Code, string Reason)?> RefusalAsync(CancellationToken stop)
    {
        Actor actor;
        Actor? alive;
        do
        {
            actor = connection.Actor;
            if (actor.ExpiresAt <= clock.GetUtcNow())
                return (ChatCloseCodes.NotAllowed, "The access token has expired.");
            alive = await authenticator.FindAsync(actor, stop);
        }
        // Renewed meanwhile: what was found out is of the token that no longer counts.
        while (!connection.TryReplaceActor(actor, alive ?? actor));
        if (alive is null)
            return (ChatCloseCodes.NotAllowed, "The session has ended.");
        if (!alive.Access.AllowsSomewhere(Permissions.ChatRead))
            return (ChatCloseCodes.NotAllowed, "This needs the permission chat.read.");
        if (connection.ThreadId is not { } thread)
            return null;
        await using var scope = scopes.Begin(alive);
        if (await Audience.OfAsync(scope.ServiceProvider.GetRequiredService<AppDbContext>(), thread, stop) is not { } audience)
            return (ChatCloseCodes.NoSuchThread, "There is no such thread.");
        hub.StartAfter(thread, audience.LastSequence);
        return null;
    }

    private async Task CheckAccessAsync(CancellationTokenSource ended)
    {
        try
        {
            // To a socket that was let in, access is withdrawn, whatever the reason.
            if (await RefusalAsync(ended.Token) is var (code, reason))
                await EndAsync(code == ChatCloseCodes.NoSuchThread ? ChatCloseCodes.NotAllowed : code, reason, ended);
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            // The socket ended while it was looked at.
        }
        catch (Exception fault)
        {
            // It cannot be told what they may hear: so they hear nothing, and come back when it can.
            LogFault(logger, fault);
            await EndAsync((int)WebSocketCloseStatus.InternalServerError, "The server could not look at your rights. Come back in a moment.", ended);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a socket may hear could not be looked at")]
    private static partial void LogFault(ILogger logger, Exception cause);

    // Reading goes on until the peer has answered the close: cancelling it at once would tear the socket down before the code arrives.
    private async Task EndAsync(int code, string reason, CancellationTokenSource ended)
    {
        await connection.CloseAsync(code, reason);
        try
        {
            ended.CancelAfter(ClosePatience);
        }
        catch (ObjectDisposedException)
        {
            // The peer answered before the patience was needed.
        }
    }
}
