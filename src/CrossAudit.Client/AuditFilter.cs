namespace CrossAudit.Client;

/// <summary>What a list of audit events is narrowed to; all that is given has to hold.</summary>
public sealed record AuditFilter
{
    /// <summary>Acts of this account.</summary>
    public Guid? ActorUserId { get; init; }

    /// <summary>Acts of this kind of actor: <c>user</c>, <c>api_key</c>, <c>system</c> or <c>anonymous</c>.</summary>
    public string? ActorType { get; init; }

    /// <summary>This action; with a trailing <c>*</c> all that begin so, such as <c>document.*</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Acts on this kind of thing.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Acts on this thing.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Acts done to this account.</summary>
    public Guid? TargetUserId { get; init; }

    /// <summary>Events that matter this much: <c>info</c>, <c>notice</c>, <c>warning</c> or <c>critical</c>.</summary>
    public string? Severity { get; init; }

    /// <summary>Events that ended like this: <c>success</c>, <c>denied</c> or <c>failure</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Events from this address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Events of this trace.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Events from this time on.</summary>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>Events before this time.</summary>
    public DateTimeOffset? EndDate { get; init; }

    /// <summary>Text that stands in the action, the actor's label, the changes or the metadata.</summary>
    public string? Text { get; init; }

    /// <summary><c>created_at</c> for the oldest first; the newest where left out.</summary>
    public string? Sort { get; init; }

    internal Query On(string path) => new Query(path)
        .With("actor_user_id", ActorUserId)
        .With("actor_type", ActorType)
        .With("action", Action)
        .With("resource_type", ResourceType)
        .With("resource_id", ResourceId)
        .With("target_user_id", TargetUserId)
        .With("severity", Severity)
        .With("outcome", Outcome)
        .With("ip_address", IpAddress)
        .With("correlation_id", CorrelationId)
        .With("start_date", StartDate)
        .With("end_date", EndDate)
        .With("q", Text)
        .With("sort", Sort);
}
