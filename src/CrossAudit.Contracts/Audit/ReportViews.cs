using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CrossAudit.Contracts.Audit;

/// <summary>Asks for a compliance report on a period.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateReportRequest
{
    /// <summary>Whose clauses the evidence is put to: <c>soc2</c>, <c>iso27001</c>, <c>iso42001</c>, <c>eu_ai_act</c> or <c>gdpr</c>.</summary>
    [Required, AllowedValues("soc2", "iso27001", "iso42001", "eu_ai_act", "gdpr", ErrorMessage = "It is soc2, iso27001, iso42001, eu_ai_act or gdpr.")]
    public required string Framework { get; init; }

    /// <summary>From this time on.</summary>
    public required DateTimeOffset StartDate { get; init; }

    /// <summary>Before this time.</summary>
    public required DateTimeOffset EndDate { get; init; }
}

/// <summary>A compliance report.</summary>
public sealed record ReportView
{
    /// <summary>Identifies it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose clauses the evidence is put to.</summary>
    public required string Framework { get; init; }

    /// <summary>From this time on.</summary>
    public required DateTimeOffset StartDate { get; init; }

    /// <summary>Before this time.</summary>
    public required DateTimeOffset EndDate { get; init; }

    /// <summary><c>pending</c>, <c>completed</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How far it is, from 0 to 100.</summary>
    public required int Progress { get; init; }

    /// <summary>SHA-256 in hex of <c>content</c> as it is kept and answered; the trail has it too. Null until completed.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Who asked for it.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What it says; null until completed, and in lists.</summary>
    public ReportContent? Content { get; init; }
}

/// <summary>What a compliance report says.</summary>
public sealed record ReportContent
{
    /// <summary>The framework's whole name.</summary>
    public required string Title { get; init; }

    /// <summary>The organization's name.</summary>
    public required string Organization { get; init; }

    /// <summary>The period and the time at which the report was made.</summary>
    public required ReportPeriod Period { get; init; }

    /// <summary>The framework's clauses, each with the sections that are evidence for it.</summary>
    public required IReadOnlyList<ReportClause> Clauses { get; init; }

    /// <summary>Who could do what when the report was made.</summary>
    public required AccessReviewSection AccessReview { get; init; }

    /// <summary>Changes of access, of rules and of the trail itself.</summary>
    public required EventSection PrivilegedChanges { get; init; }

    /// <summary>What failed and what was refused.</summary>
    public required EventSection FailedAndDenied { get; init; }

    /// <summary>Downloads, searches and other acts on documents, by the document's label then.</summary>
    public required IReadOnlyList<SensitivityCount> DataAccess { get; init; }

    /// <summary>Holds, disposals, retention and erasures.</summary>
    public required EventSection RetentionAndDisposals { get; init; }

    /// <summary>Whether the trail that all this is taken from holds.</summary>
    public required VerificationView Integrity { get; init; }
}

/// <summary>Which time a report is about.</summary>
public sealed record ReportPeriod
{
    /// <summary>From this time on.</summary>
    public required DateTimeOffset StartDate { get; init; }

    /// <summary>Before this time.</summary>
    public required DateTimeOffset EndDate { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }
}

/// <summary>A clause of a framework.</summary>
public sealed record ReportClause
{
    /// <summary>Its number, such as <c>CC6.1</c>.</summary>
    public required string Clause { get; init; }

    /// <summary>What it asks for, in our words.</summary>
    public required string Requirement { get; init; }

    /// <summary>The sections that are evidence for it.</summary>
    public required IReadOnlyList<string> Sections { get; init; }
}

/// <summary>Who could do what.</summary>
public sealed record AccessReviewSection
{
    /// <summary>How many members there are.</summary>
    public required int Members { get; init; }

    /// <summary>How many roles are granted beside those that members have by their membership.</summary>
    public required int Grants { get; init; }

    /// <summary>Members and granted roles, by e-mail address; the first 1,000.</summary>
    public required IReadOnlyList<RoleHolder> Holders { get; init; }
}

/// <summary>Somebody who has a role.</summary>
public sealed record RoleHolder
{
    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Its e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The role.</summary>
    public required string Role { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when, where it ends by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Events of one kind: all counted, and the newest shown.</summary>
public sealed record EventSection
{
    /// <summary>How many there were.</summary>
    public required long Total { get; init; }

    /// <summary>How many of each action.</summary>
    public required IReadOnlyList<ValueCount> ByAction { get; init; }

    /// <summary>The newest, at most 500. Changes and metadata are left out: read the event for them.</summary>
    public required IReadOnlyList<ReportEvent> Events { get; init; }
}

/// <summary>An event as a report shows it.</summary>
public sealed record ReportEvent
{
    /// <summary>Identifies the event.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its place in the log; null if it was not sealed yet.</summary>
    public long? Sequence { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What.</summary>
    public required string Action { get; init; }

    /// <summary>How it ended.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who; null once erased.</summary>
    public string? Actor { get; init; }

    /// <summary>To which thing.</summary>
    public string? Resource { get; init; }
}

/// <summary>Acts on documents of one label.</summary>
public sealed record SensitivityCount
{
    /// <summary>The label; null where the event has none.</summary>
    public Documents.SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>How often.</summary>
    public required long Count { get; init; }
}
