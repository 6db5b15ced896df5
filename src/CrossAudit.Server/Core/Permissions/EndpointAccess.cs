using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Authorization;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>What a route asks of its caller. Every route states one of the three, or the server does not start.</summary>
internal static class EndpointAccess
{
    /// <summary>
    /// The caller needs this permission in the organization of its token. One that is asked for documents or threads lets in whoever holds it in any
    /// department; whether it is held where the document or thread is, <see cref="ResourceAccess"/> tells.
    /// </summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        var rule = new PermissionRequirement(permission);
        endpoint.WithMetadata(rule);
        return endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(rule).Build());
    }

    /// <summary>The caller needs to be signed in; what it reaches is its own.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(SignInRequirement.Rule);
        return endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(SignInRequirement.Rule).Build());
    }

    /// <summary>
    /// Beside its other rule: the caller has proved who they are within <see cref="RecentSignInRequirement.MaxAge"/>. For what a token left lying
    /// about must not be enough for, such as a new password.
    /// </summary>
    public static TBuilder RequireRecentSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(RecentSignInRequirement.Rule);
        return endpoint.RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(RecentSignInRequirement.Rule).Build());
    }

    /// <summary>Also for those who lack what their organization asks for (<see cref="Actor.Restriction"/>): it helps to make that good.</summary>
    public static TBuilder AllowRestricted<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(RestrictedAccess.Allowed);

    /// <summary>Fails the start if a route states no access rule.</summary>
    public static void VerifyEveryRouteStatesItsAccess(this IEndpointRouteBuilder routes)
    {
        var silent = routes.DataSources.SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizationRequirement>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (silent.Count > 0)
            throw new InvalidOperationException($"These routes state neither a permission nor that they are public: {string.Join(", ", silent)}");
    }
}

/// <summary>A permission that a route needs.</summary>
internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement, IAccessRule;

/// <summary>A sign-in that a route needs.</summary>
internal sealed record SignInRequirement : IAuthorizationRequirement, IAccessRule
{
    public static SignInRequirement Rule { get; } = new();

    string? IAccessRule.Permission => null;
}

/// <summary>A sign-in not long ago that a route needs, on top of its access rule (step-up authentication, RFC 9470).</summary>
internal sealed record RecentSignInRequirement : IAuthorizationRequirement
{
    /// <summary>How long ago the person may have proved who they are.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    public static RecentSignInRequirement Rule { get; } = new();

    public static bool IsMet(Actor actor, DateTimeOffset now) => actor.AuthenticatedAt is { } authenticated && now - authenticated <= MaxAge;
}

/// <summary>Endpoint metadata: what <see cref="EndpointAccess.AllowRestricted"/> says.</summary>
internal sealed record RestrictedAccess
{
    public static RestrictedAccess Allowed { get; } = new();
}

/// <summary>Decides the rules from the actor's snapshot, without I/O.</summary>
internal sealed class AccessRules(CurrentActor current, TimeProvider clock) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        var actor = current.Actor;
        if (actor.Restriction is not null && (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<RestrictedAccess>() is null)
            return Task.CompletedTask;
        foreach (var rule in context.PendingRequirements.ToArray())
            if (IsMet(rule, actor))
                context.Succeed(rule);
        return Task.CompletedTask;
    }

    private bool IsMet(IAuthorizationRequirement rule, Actor actor) => rule switch
    {
        // What people reach is their own. A key reaches what it has a permission for.
        SignInRequirement => actor.IsSignedIn && actor.Key is null,
        PermissionRequirement { Permission: var permission } => Contracts.Permissions.IsDepartmental(permission) ? actor.Access.AllowsSomewhere(permission) : actor.Access.Allows(permission),
        RecentSignInRequirement => RecentSignInRequirement.IsMet(actor, clock.GetUtcNow()),
        _ => false,
    };
}
