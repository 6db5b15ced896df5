using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CrossAudit.Contracts.Audit;

/// <summary>How long the events of the trail are kept.</summary>
public sealed record TrailRetentionView
{
    /// <summary><c>unlimited</c>, <c>eu_ai_act</c>, <c>soc2</c>, <c>hipaa</c> or <c>custom</c>.</summary>
    public required string Preset { get; init; }

    /// <summary>Days an event is kept; null for ever.</summary>
    public int? Days { get; init; }

    /// <summary>The fewest days that the preset allows; null where it keeps for ever.</summary>
    public int? MinimumDays { get; init; }

    /// <summary>Whether nothing is removed and nobody erased, whatever the days, until the hold ends.</summary>
    public required bool LegalHold { get; init; }

    /// <summary>The sequence of the first event that is still kept.</summary>
    public required long KeptFrom { get; init; }
}

/// <summary>Sets how long the events of the trail are kept.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SetTrailRetentionRequest
{
    /// <summary><c>unlimited</c>; <c>eu_ai_act</c>, at least six months; <c>soc2</c>, at least a year; <c>hipaa</c>, at least six years; or <c>custom</c>.</summary>
    [Required, AllowedValues("unlimited", "eu_ai_act", "soc2", "hipaa", "custom", ErrorMessage = "It is unlimited, eu_ai_act, soc2, hipaa or custom.")]
    public required string Preset { get; init; }

    /// <summary>Days an event is kept: the preset's fewest where left out. <c>custom</c> needs it.</summary>
    [Range(1, 36_500)]
    public int? Days { get; init; }

    /// <summary>Places or ends a hold: while it lasts nothing is removed and nobody erased. Left alone where left out.</summary>
    public bool? LegalHold { get; init; }

    /// <summary>Why; it stands in the trail.</summary>
    [Text(1000, MinLength = 1)]
    public string? Reason { get; init; }
}

/// <summary>Erases what the trail says of a person.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateErasureRequest
{
    /// <summary>The account. It is no member of the organization any more.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Why, such as the request it answers; it stands in the trail, so it names nobody.</summary>
    [Required, Text(1000, MinLength = 1)]
    public required string Reason { get; init; }
}

/// <summary>An erasure of what the trail says of a person.</summary>
public sealed record ErasureView
{
    /// <summary>Identifies it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked for it.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary><c>pending</c> or <c>completed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Events whose personal part is erased so far.</summary>
    public required long ErasedEvents { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
