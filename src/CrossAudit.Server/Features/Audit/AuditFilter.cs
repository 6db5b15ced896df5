using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing;
using Microsoft.AspNetCore.Mvc;

namespace CrossAudit.Server.Features.Audit;

/// <summary>What a list of events is narrowed to; all that is given has to hold. Public, for the framework validates public types alone.</summary>
public sealed record AuditFilter
{
    /// <summary>Acts of this account.</summary>
    [FromQuery(Name = "actor_user_id")]
    public Guid? ActorUserId { get; init; }

    /// <summary>Acts of this kind of actor.</summary>
    [FromQuery(Name = "actor_type"), AllowedValues("user", "api_key", "system", "anonymous", null, ErrorMessage = "It is one of user, api_key, system and anonymous.")]
    public string? ActorType { get; init; }

    /// <summary>This action; with a trailing * all that begin so, such as <c>document.*</c>.</summary>
    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    /// <summary>Acts on this kind of thing.</summary>
    [FromQuery(Name = "resource_type")]
    public string? ResourceType { get; init; }

    /// <summary>Acts on this thing.</summary>
    [FromQuery(Name = "resource_id")]
    public string? ResourceId { get; init; }

    /// <summary>Acts done to this account.</summary>
    [FromQuery(Name = "target_user_id")]
    public Guid? TargetUserId { get; init; }

    /// <summary>Events that matter this much.</summary>
    [FromQuery(Name = "severity"), AllowedValues("info", "notice", "warning", "critical", null, ErrorMessage = "It is one of info, notice, warning and critical.")]
    public string? Severity { get; init; }

    /// <summary>Events that ended like this.</summary>
    [FromQuery(Name = "outcome"), AllowedValues("success", "denied", "failure", null, ErrorMessage = "It is one of success, denied and failure.")]
    public string? Outcome { get; init; }

    /// <summary>Events from this address.</summary>
    [FromQuery(Name = "ip_address")]
    public string? IpAddress { get; init; }

    /// <summary>Events of this trace.</summary>
    [FromQuery(Name = "correlation_id")]
    public string? CorrelationId { get; init; }

    /// <summary>Events from this time on.</summary>
    [FromQuery(Name = "start_date")]
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>Events before this time.</summary>
    [FromQuery(Name = "end_date")]
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Text that stands in the action, the actor's label, the changes or the metadata.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    internal static AuditFilter Everything { get; } = new();

    internal IQueryable<AuditEvent> Apply(IQueryable<AuditEvent> events, SensitivityLevel clearance)
    {
        if (ActorUserId is not null)
            events = events.Where(e => e.ActorUserId == ActorUserId);
        if (ActorType is not null)
            events = events.Where(e => e.ActorType == ActorType);
        if (Action is [.. var prefix, '*'])
            events = events.Where(e => e.Action.StartsWith(prefix));
        else if (Action is not null)
            events = events.Where(e => e.Action == Action);
        if (ResourceType is not null)
            events = events.Where(e => e.ResourceType == ResourceType);
        if (ResourceId is not null)
            events = events.Where(e => e.ResourceId == ResourceId);
        if (TargetUserId is not null)
            events = events.Where(e => e.TargetUserId == TargetUserId);
        if (Severity is not null)
            events = events.Where(e => e.Severity == Severity);
        if (Outcome is not null)
            events = events.Where(e => e.Outcome == Outcome);
        if (IpAddress is not null)
            events = events.Where(e => e.IpAddress == IpAddress);
        if (CorrelationId is not null)
            events = events.Where(e => e.CorrelationId == CorrelationId);
        if (StartDate is not null)
            events = events.Where(e => e.CreatedAt >= StartDate);
        if (EndDate is not null)
            events = events.Where(e => e.CreatedAt < EndDate);
        return Text is null ? events : Mentioning(events, Text.ToLower(), clearance);
    }

    private static IQueryable<AuditEvent> Mentioning(IQueryable<AuditEvent> events, string text, SensitivityLevel clearance) => events.Where(e =>
        e.Action.Contains(text)
        || e.ActorLabel!.ToLower().Contains(text)
        || ((e.Sensitivity == null || e.Sensitivity <= clearance)
            && (((string)(object)e.Changes!).ToLower().Contains(text) || ((string)(object)e.Metadata!).ToLower().Contains(text))));
}
