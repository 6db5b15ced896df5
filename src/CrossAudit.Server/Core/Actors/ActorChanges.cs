using System.Text.Json;
using CrossAudit.Server.Platform.Messaging;

namespace CrossAudit.Server.Core.Actors;

/// <summary>Whose rights changed. A field that is null stands for any.</summary>
internal sealed record ActorChange(Guid? UserId, Guid? OrganizationId, Guid? SessionId, Guid? ApiKeyId = null)
{
    public bool Concerns(Actor actor) =>
        (UserId is null || UserId == actor.UserId)
        && (OrganizationId is null || OrganizationId == actor.OrganizationId)
        && (SessionId is null || SessionId == actor.SessionId)
        && (ApiKeyId is null || ApiKeyId == actor.Key?.Id);
}

/// <summary>Tells every node that what it remembers of an actor is out of date. Call it after the commit that changed it.</summary>
internal sealed class ActorChanges
{
    private const string Topic = "actors";

    private readonly IMessageBus _bus;

    public ActorChanges(IMessageBus bus)
    {
        _bus = bus;
        // Where some may have been missed, anybody may have changed.
        bus.Subscribe(Topic, message => Tell(JsonSerializer.Deserialize<ActorChange>(message.Span)!), missed: () => Tell(new ActorChange(null, null, null)));
    }

    /// <summary>Raised first: what is remembered of those concerned is out of date. It must not block.</summary>
    public event Action<ActorChange>? OutOfDate;

    /// <summary>Raised once that is forgotten: whoever asks now reads anew. It must not block.</summary>
    public event Action<ActorChange>? Changed;

    public ValueTask SessionEndedAsync(Guid sessionId) => PublishAsync(new ActorChange(null, null, sessionId));

    public ValueTask UserChangedAsync(Guid userId) => PublishAsync(new ActorChange(userId, null, null));

    public ValueTask MembershipChangedAsync(Guid userId, Guid organizationId) => PublishAsync(new ActorChange(userId, organizationId, null));

    public ValueTask OrganizationChangedAsync(Guid organizationId) => PublishAsync(new ActorChange(null, organizationId, null));

    public ValueTask ApiKeyChangedAsync(Guid apiKeyId) => PublishAsync(new ActorChange(null, null, null, apiKeyId));

    private void Tell(ActorChange change)
    {
        OutOfDate?.Invoke(change);
        Changed?.Invoke(change);
    }

    private ValueTask PublishAsync(ActorChange change) => _bus.PublishAsync(Topic, JsonSerializer.SerializeToUtf8Bytes(change));
}
