namespace CrossAudit.Server.Core.Actors;

/// <summary>Begins units of work outside a request, such as a frame on a socket: each as one actor, with its own view of the data.</summary>
internal sealed class ActorScopes(IServiceScopeFactory scopes)
{
    public AsyncServiceScope Begin(Actor actor, Origin? origin = null)
    {
        var scope = scopes.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        current.Is(actor);
        current.Origin = origin ?? Origin.None;
        return scope;
    }
}
