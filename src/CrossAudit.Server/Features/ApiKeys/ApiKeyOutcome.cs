using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>How an act on an API key ended.</summary>
internal abstract record ApiKeyOutcome
{
    public sealed record Done(Revised<ApiKeyView> Key) : ApiKeyOutcome;

    /// <summary>Made or rotated: the only time that the key is shown.</summary>
    public sealed record Shown(Revised<ApiKeySecretView> Key) : ApiKeyOutcome;

    public sealed record Removed : ApiKeyOutcome;

    public sealed record Missing : ApiKeyOutcome;

    /// <summary>The caller's <c>If-Match</c> names an older revision, or someone was faster.</summary>
    public sealed record Stale : ApiKeyOutcome;

    /// <summary>Somebody else changed it at the same moment.</summary>
    public sealed record Lost : ApiKeyOutcome;

    public sealed record Invalid(string Field, string Why) : ApiKeyOutcome;

    /// <summary>It would do what the actor may not.</summary>
    public sealed record AboveOwn : ApiKeyOutcome;

    /// <summary>It is somebody else's personal key.</summary>
    public sealed record NotHolder : ApiKeyOutcome;

    public sealed record Revoked : ApiKeyOutcome;
}
