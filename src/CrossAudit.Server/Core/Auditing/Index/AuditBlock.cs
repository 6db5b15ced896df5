using System.Text.Json.Nodes;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>4,096 events that follow each other in the log: when they were, and how many of what kind. Dates and statistics need not look at the events themselves.</summary>
internal sealed class AuditBlock : IOrganizationOwned
{
    public required Guid OrganizationId { get; init; }

    /// <summary>A sequence divided by 4,096.</summary>
    public required long Block { get; init; }

    public required DateTimeOffset FirstAt { get; set; }
    public required DateTimeOffset LastAt { get; set; }

    /// <summary>What <see cref="EventCounts"/> counted in it, by day.</summary>
    public required JsonObject Counts { get; set; }
}

internal sealed class AuditBlockMapping : IEntityTypeConfiguration<AuditBlock>
{
    public void Configure(EntityTypeBuilder<AuditBlock> block)
    {
        block.ToTable("audit_blocks");
        block.HasKey(b => new { b.OrganizationId, b.Block });
    }
}
