using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>What a feature says of an act; who, when and from where is added by <see cref="AuditTrail"/>.</summary>
/// <param name="Action">One of <see cref="Contracts.AuditActions"/>.</param>
internal sealed record AuditEntry(string Action)
{
    /// <summary>What kind of thing it was done to.</summary>
    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>The account it was done to, where that is someone else.</summary>
    public Guid? TargetUserId { get; init; }

    /// <summary>Values before and after; never a secret and never a file's content.</summary>
    public JsonObject? Changes { get; init; }

    /// <summary>Further facts.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The label of what it was done to: changes and metadata are shown to nobody below it. Null where there is none.</summary>
    public SensitivityLevel? Sensitivity { get; init; }

    public string Severity { get; init; } = AuditSeverity.Info;

    public string Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>The organization whose trail it belongs in, where that is not the actor's: nobody is signed in yet while signing in.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>The account that acted, where it is not signed in (yet).</summary>
    public (Guid Id, string Label)? ActingUser { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>An act that was refused for want of a permission.</summary>
    public static AuditEntry Denied(string permission) => new(AuditActions.PermissionDenied)
    {
        Outcome = AuditOutcome.Denied,
        Severity = AuditSeverity.Warning,
        Metadata = new() { ["permission"] = permission },
    };

    /// <summary>An entry on one resource.</summary>
    public static AuditEntry On(string action, string resourceType, Guid resourceId) => new(action) { ResourceType = resourceType, ResourceId = resourceId.ToString() };
}

/// <summary>How much an event matters.</summary>
internal static class AuditSeverity
{
    public const string Info = "info";
    public const string Notice = "notice";
    public const string Warning = "warning";
    public const string Critical = "critical";
}

/// <summary>How an act ended.</summary>
internal static class AuditOutcome
{
    public const string Success = "success";
    public const string Denied = "denied";
    public const string Failure = "failure";
}
