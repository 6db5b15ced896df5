using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>Keys by which programs act in an organization.</summary>
internal static class ApiKeysModule
{
    /// <summary>Reports from one address.</summary>
    private static readonly AddressLimit Reports = new("leaked-key", new AttemptRule(20, TimeSpan.FromMinutes(5)), FailuresOnly: false);

    public static IServiceCollection AddApiKeys(this IServiceCollection services) => services
        .AddSingleton(ApiKeysDescription.Area)
        .AddSingleton<ApiKeySnapshots>()
        .AddSingleton<ApiKeyAuthenticator>()
        .AddSingleton<ApiKeyUsage>()
        .AddHostedService(scope => scope.GetRequiredService<ApiKeyUsage>())
        .AddScoped<KeyRules>()
        .AddScoped<ApiKeyService>()
        .AddScoped<LeakedKeys>()
        .AddScoped<IOrganizationData, ApiKeyData>();

    /// <summary>Behind authentication, which tells whose requests they are.</summary>
    public static void UseApiKeyLimit(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Settings>().IsThrottled)
            app.UseMiddleware<ApiKeyLimit>();
    }

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/admin/api-keys").WithTags("API keys");
        keys.MapPost("/", CreateApiKey).RequirePermission(Permissions.ApiKeysManage).RequireRecentSignIn().Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(403, ErrorCodes.ApiKeyAboveOwn);
        keys.MapGet("/", ListApiKeys).RequirePermission(Permissions.ApiKeysManage);
        keys.MapGet("/{id:guid}", GetApiKey).RequirePermission(Permissions.ApiKeysManage);
        keys.MapPut("/{id:guid}", UpdateApiKey).RequirePermission(Permissions.ApiKeysManage).RequireRecentSignIn()
            .Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(403, ErrorCodes.ApiKeyAboveOwn, ErrorCodes.ApiKeyNotHolder).Refuses(409, ErrorCodes.ApiKeyRevoked, ErrorCodes.Conflict);
        keys.MapDelete("/{id:guid}", DeleteApiKey).RequirePermission(Permissions.ApiKeysManage).Refuses(409, ErrorCodes.Conflict);
        keys.MapPost("/{id:guid}/rotate", RotateApiKey).RequirePermission(Permissions.ApiKeysManage).RequireRecentSignIn()
            .Refuses(401, ErrorCodes.RecentSignInRequired).Refuses(403, ErrorCodes.ApiKeyAboveOwn, ErrorCodes.ApiKeyNotHolder).Refuses(409, ErrorCodes.ApiKeyRevoked, ErrorCodes.Conflict);

        routes.MapPost("/api/leaked-keys", ReportLeakedKey).WithName("api_keys_report_leak").WithTags("API keys").AllowAnonymous().LimitPerAddress(Reports);
    }

    /// <summary>Makes an API key. The whole key is shown this once.</summary>
    /// <remarks>It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<CreatedEntityResult<ApiKeySecretView>, ProblemHttpResult>> CreateApiKey(CreateApiKeyRequest request, ApiKeyService keys, CancellationToken stop) =>
        await keys.CreateAsync(request, stop) switch
        {
            ApiKeyOutcome.Shown(var made) => made.CreatedAt($"/api/admin/api-keys/{made.View.Id}"),
            var refused => Refuse(refused, Guid.Empty),
        };

    /// <summary>Lists the API keys, newest first.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<ApiKeyView>>>> ListApiKeys(
        [AsParameters] ApiKeyFilter filter, HttpContext http, ApiKeyService keys, CancellationToken stop,
        [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0, Cursor? cursor = null)
    {
        var page = new PageRequest(limit, offset, cursor);
        return (await keys.ListAsync(filter.IsActive, page, stop)).Answer(http, page);
    }

    /// <summary>Reads an API key: all but the key itself.</summary>
    internal static async Task<Results<EntityResult<ApiKeyView>, ProblemHttpResult>> GetApiKey(Guid id, ApiKeyService keys, CancellationToken stop) =>
        await keys.FindAsync(id, stop) is { } key ? key.Answer() : Problems.NotFound("API key", id);

    /// <summary>Changes an API key: absent fields are left alone.</summary>
    /// <remarks>A personal key is changed by its holder, one of the organization's by whoever may do all that it may; anybody who manages keys may switch one off. It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<EntityResult<ApiKeyView>, ProblemHttpResult>> UpdateApiKey(Guid id, UpdateApiKeyRequest request, IfMatch ifMatch, ApiKeyService keys, CancellationToken stop) =>
        await keys.UpdateAsync(id, request, ifMatch, stop) switch
        {
            ApiKeyOutcome.Done(var changed) => changed.Answer(),
            var refused => Refuse(refused, id),
        };

    /// <summary>Replaces an API key by another, which is shown this once.</summary>
    /// <remarks>The old one stops at once, or after <c>overlap_hours</c>. It needs a sign-in not long ago.</remarks>
    internal static async Task<Results<EntityResult<ApiKeySecretView>, ProblemHttpResult>> RotateApiKey(Guid id, RotateApiKeyRequest? request, ApiKeyService keys, CancellationToken stop) =>
        await keys.RotateAsync(id, request?.OverlapHours ?? 0, stop) switch
        {
            ApiKeyOutcome.Shown(var rotated) => rotated.Answer(),
            var refused => Refuse(refused, id),
        };

    /// <summary>Deletes an API key: it stops working at once, everywhere.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> DeleteApiKey(Guid id, IfMatch ifMatch, ApiKeyService keys, CancellationToken stop) =>
        await keys.DeleteAsync(id, ifMatch, stop) switch
        {
            ApiKeyOutcome.Removed => TypedResults.Ok(Envelope.Of(new Confirmation { Message = "The API key is deleted, and works no longer." })),
            var refused => Refuse(refused, id),
        };

    /// <summary>Reports an API key that was found where it should not be.</summary>
    /// <remarks>If it works, it is revoked, and its owners are told. The answer is the same for any key, and for what is none.</remarks>
    internal static async Task<Ok<Envelope<Confirmation>>> ReportLeakedKey(ReportLeakedKeyRequest request, LeakedKeys leaks, CancellationToken stop)
    {
        await leaks.ReportAsync(request, stop);
        return TypedResults.Ok(Envelope.Of(new Confirmation { Message = "Thank you. If this is a key of ours, it works no longer, and its owners are told." }));
    }

    private static ProblemHttpResult Refuse(ApiKeyOutcome refused, Guid id) => refused switch
    {
        ApiKeyOutcome.Invalid(var field, var why) => Problems.InvalidField(field, why),
        ApiKeyOutcome.AboveOwn => Problems.Forbidden(ErrorCodes.ApiKeyAboveOwn, "A key does not do what you may not do yourself; one of the organization's, what you may not do throughout it."),
        ApiKeyOutcome.NotHolder => Problems.Forbidden(ErrorCodes.ApiKeyNotHolder, "It is somebody else's personal key: you may switch it off or delete it, and nothing else."),
        ApiKeyOutcome.Revoked => Problems.Conflict(ErrorCodes.ApiKeyRevoked, "The key was revoked for good. Make another."),
        ApiKeyOutcome.Stale => Problems.Stale("API key"),
        ApiKeyOutcome.Lost => Problems.LostRace("API key"),
        _ => Problems.NotFound("API key", id),
    };
}
