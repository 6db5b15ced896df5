using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Documents.Findings;

/// <summary>What was found in a version. It goes with the version.</summary>
internal sealed class VersionFindings : IOrganizationOwned
{
    public required Guid VersionId { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary><see cref="FoundData"/>.</summary>
    public required JsonObject Found { get; init; }

    public DocumentVersion Version { get; init; } = null!;
}

/// <summary>How often each kind was found, and the first places in the order of the text.</summary>
internal sealed record FoundData(IReadOnlyDictionary<FindingKind, int> Counts, IReadOnlyList<FindingView> Places)
{
    public static FoundData Nothing { get; } = new(new Dictionary<FindingKind, int>(), []);

    public static FoundData Of(JsonObject json) => json.Deserialize<FoundData>(CrossAuditJson.Options)!;

    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, CrossAuditJson.Options)!.AsObject();
}

internal sealed class VersionFindingsMapping : IEntityTypeConfiguration<VersionFindings>, IScopedMapping
{
    public void Configure(EntityTypeBuilder<VersionFindings> findings)
    {
        findings.ToTable("version_findings");
        findings.HasKey(f => f.VersionId);
        findings.HasOne(f => f.Version).WithOne().HasForeignKey<VersionFindings>(f => f.VersionId).OnDelete(DeleteBehavior.Cascade);
    }

    // As visible as the document.
    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<VersionFindings>()
        .HasQueryFilter(Filters.Deleted, f => f.Version.Document.DeletedAt == null)
        .HasQueryFilter(Filters.Reach, ReachFilter.Of<VersionFindings>(() => db.DocumentReach, f => f.Version.Document.DepartmentId, f => f.Version.Document.SensitivityLevel));
}
