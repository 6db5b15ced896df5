using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Auditing;

/// <summary>
/// One event of the trail, as it is kept: only ever inserted. <see cref="Entry"/> is its canonical public part, which the log's leaf hash is
/// taken of; it commits to the personal part by <see cref="DetailsHash"/>, so that erasing salt and personal values changes no leaf.
/// </summary>
internal sealed class AuditEvent : ITimeOrdered
{
    public required Guid Id { get; init; }

    /// <summary>Whose trail it stands in; null for what concerns no organization, such as a sign-in with an unknown address.</summary>
    public required Guid? OrganizationId { get; init; }

    public Guid? ActorUserId { get; init; }
    public required string ActorType { get; init; }
    public required string Action { get; init; }
    public string? ResourceType { get; init; }
    public string? ResourceId { get; init; }
    public Guid? TargetUserId { get; init; }
    public Guid? SessionId { get; init; }
    public string? CorrelationId { get; init; }
    public required string Severity { get; init; }
    public required string Outcome { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The label of what it was done to, when it was done. It rules who reads the details, and is no part of the log's leaf.</summary>
    public SensitivityLevel? Sensitivity { get; init; }

    /// <summary>Its place in the sealed log; null until sealed.</summary>
    public long? Sequence { get; init; }

    /// <summary>The public part and the details' hash as canonical JSON (RFC 8785).</summary>
    public string Entry { get; set; } = "";

    /// <summary>SHA-256 of <see cref="Salt"/> followed by the canonical JSON of the personal part.</summary>
    public byte[] DetailsHash { get; set; } = [];

    /// <summary>32 random bytes, without which the hash of a guessable value could be tried out. Null once erased.</summary>
    public byte[]? Salt { get; init; }

    // The personal part: null once erased.
    public string? ActorLabel { get; init; }
    public string? IpAddress { get; init; }
    public string? UserAgent { get; init; }
    public JsonObject? Changes { get; init; }
    public JsonObject? Metadata { get; init; }

    /// <summary>Whether somebody with this clearance sees the whole of it.</summary>
    public bool IsOpenTo(SensitivityLevel clearance) => Sensitivity is null || Sensitivity <= clearance;
}

internal sealed class AuditEventMapping : IEntityTypeConfiguration<AuditEvent>, IScopedMapping
{
    // An organization may be null here, so this is said apart from IOrganizationOwned: each sees its own trail.
    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<AuditEvent>().HasQueryFilter(Filters.Organization, e => e.OrganizationId == db.OrganizationId);

    public void Configure(EntityTypeBuilder<AuditEvent> audit)
    {
        audit.ToTable("audit_events");
        // No foreign keys: events outlive their user and their organization.
        // Whoever acts pays for the first alone. The others are filled by sealing, many events at a time, and all else is found through the index that is made after it.
        audit.HasIndex(e => e.CreatedAt, "Unsealed").HasDatabaseName("ix_audit_events_unsealed").HasFilter("sequence IS NULL");
        audit.HasIndex(e => new { e.OrganizationId, e.Sequence }).IsUnique().HasFilter("sequence IS NOT NULL");
        audit.HasIndex(e => new { e.OrganizationId, e.ActorUserId, e.CreatedAt }).HasFilter("sequence IS NOT NULL");
    }
}
