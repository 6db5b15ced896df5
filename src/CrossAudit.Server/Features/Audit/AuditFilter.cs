using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing.Index;
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

    /// <summary>Words that all stand in the action, the actor's label, the changes or the metadata; in whatever case, with or without accents.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    internal static AuditFilter Everything { get; } = new();

    /// <summary>What it asks of the index; null if nothing can match.</summary>
    internal AuditQuery? ToQuery(SensitivityLevel clearance)
    {
        List<IReadOnlyList<string>> groups = [];
        Add(groups, ActorUserId, AuditTerms.Actor);
        Add(groups, ActorType, AuditTerms.ActorType);
        Add(groups, ResourceType, AuditTerms.ResourceType);
        Add(groups, ResourceId, AuditTerms.Resource);
        Add(groups, TargetUserId, AuditTerms.Target);
        Add(groups, Severity, AuditTerms.Severity);
        Add(groups, Outcome, AuditTerms.Outcome);
        Add(groups, IpAddress, AuditTerms.Address);
        Add(groups, CorrelationId, AuditTerms.Correlation);
        if (Action is [.. var prefix, '*'])
            groups.Add([.. AuditActions.All.Where(action => action.StartsWith(prefix, StringComparison.Ordinal)).Select(AuditTerms.Action)]);
        else if (Action is not null)
            groups.Add([AuditTerms.Action(Action)]);
        groups.AddRange(AuditTerms.Words(Text ?? "").Distinct().Select(word => AuditTerms.Word(word, clearance)));
        return groups.Exists(group => group.Count == 0) ? null : new AuditQuery(groups, StartDate, EndDate);
    }

    private static void Add<T>(List<IReadOnlyList<string>> groups, T? value, Func<T, string> term)
        where T : struct
    {
        if (value is { } some)
            groups.Add([term(some)]);
    }

    private static void Add(List<IReadOnlyList<string>> groups, string? value, Func<string, string> term)
    {
        if (value is not null)
            groups.Add([term(value)]);
    }
}
