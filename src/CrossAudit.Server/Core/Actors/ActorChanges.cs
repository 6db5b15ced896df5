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
internal sealed class ActorChanges(IMessageBus bus)
{
    private const string Topic = "actors";

    public ValueTask SessionEndedAsync(Guid sessionId) => PublishAsync(new ActorChange(null, null, sessionId));

    public ValueTask UserChangedAsync(Guid userId) => PublishAsync(new ActorChange(userId, null, null));

    public ValueTask MembershipChangedAsync(Guid userId, Guid organizationId) => PublishAsync(new ActorChange(userId, organizationId, null));

    public ValueTask OrganizationChangedAsync(Guid organizationId) => PublishAsync(new ActorChange(null, organizationId, null));

    public ValueTask ApiKeyChangedAsync(Guid apiKeyId) => PublishAsync(new ActorChange(null, null, null, apiKeyId));

    /// <summary>Calls <paramref name="changed"/> for each change, and for a change of anybody where some may have been missed.</summary>
    public void Subscribe(Action<ActorChange> changed) => bus.Subscribe(
        Topic,
        message => changed(JsonSerializer.Deserialize<ActorChange>(message.Span)!),
        missed: () => changed(new ActorChange(null, null, null)));

    private ValueTask PublishAsync(ActorChange change) => bus.PublishAsync(Topic, JsonSerializer.SerializeToUtf8Bytes(change));
}
