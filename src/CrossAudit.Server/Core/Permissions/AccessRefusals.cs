using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>Answers what the access rules refuse, and records each denial.</summary>
internal sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var actor = context.RequestServices.GetRequiredService<CurrentActor>().Actor;
        var audit = context.RequestServices.GetRequiredService<AuditTrail>();
        if (authorizeResult.Succeeded)
        {
            await next(context);
        }
        else if (!actor.IsSignedIn)
        {
            await Problems.Unauthorized(ErrorCodes.Unauthenticated, "Sign in first: this route takes an access token as bearer.").ExecuteAsync(context);
        }
        else if (actor.Restriction is { } restriction)
        {
            if (actor.Key is not null)
                await audit.DenyAsync(RefusedKey(context, restriction), context.RequestAborted);
            await Problems.Forbidden(restriction, WhyRestricted(restriction)).ExecuteAsync(context);
        }
        else if (actor.Key is not null && !policy.Requirements.OfType<PermissionRequirement>().Any())
        {
            await Problems.Unauthorized(ErrorCodes.Unauthenticated, "This is for people: an API key is not enough, it takes the access token of a sign-in.").ExecuteAsync(context);
        }
        else if (authorizeResult.AuthorizationFailure?.FailedRequirements.All(rule => rule is RecentSignInRequirement) == true)
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_user_authentication\", max_age=\"{RecentSignInRequirement.MaxAge.TotalSeconds:0}\"";
            await Problems.Unauthorized(ErrorCodes.RecentSignInRequired, "This needs a recent proof of who you are: sign in again, or send your password to /api/auth/reauthenticate.").ExecuteAsync(context);
        }
        else
        {
            var permission = policy.Requirements.OfType<PermissionRequirement>().First().Permission;
            await audit.DenyAsync(Lacking(context, actor, permission), context.RequestAborted);
            await Problems.Forbidden(ErrorCodes.PermissionDenied, $"This needs the permission {permission}, which {(actor.Key is null ? "none of your roles has" : "the key does not have")}.").ExecuteAsync(context);
        }
    }

    private static string WhyRestricted(string restriction) => restriction switch
    {
        ErrorCodes.MfaRequiredByOrganization => "The organization asks for a second factor: switch it on, or sign in with it.",
        ErrorCodes.ApiKeyAddressNotAllowed => "The key may not be used from this address.",
        ErrorCodes.OrganizationDeleted => "The organization was deleted. An owner can restore it.",
        _ => "The organization admits confirmed e-mail addresses of certain domains only, and yours is not one of them.",
    };

    private static AuditEntry Lacking(HttpContext context, Actor actor, string permission)
    {
        var denied = ResourceAccess.Denial(actor, permission, ResourcePlace.Organization, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        denied.Metadata!["method"] = context.Request.Method;
        denied.Metadata["path"] = context.Request.Path.Value;
        return denied;
    }

    // A key where it should not be is worth a look.
    private static AuditEntry RefusedKey(HttpContext context, string restriction) => new(AuditActions.PermissionDenied)
    {
        Outcome = AuditOutcome.Denied,
        Severity = AuditSeverity.Warning,
        Metadata = new() { ["reason"] = restriction, ["method"] = context.Request.Method, ["path"] = context.Request.Path.Value },
    };
}
