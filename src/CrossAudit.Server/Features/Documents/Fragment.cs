using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Documents;

/// <summary>A passage of a version: what search finds and people cite.</summary>
internal sealed class Fragment : IOrganizationOwned
{
    /// <summary>Its number in its organization's index: see <see cref="Passage"/>.</summary>
    public required long Number { get; init; }

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid DocumentId { get; init; }
    public required Guid VersionId { get; init; }
    public required int VersionNumber { get; init; }
    public required string Content { get; init; }
    public int? PageNumber { get; init; }
    public required int ParagraphNumber { get; init; }
    public required FragmentType FragmentType { get; init; }
    public string? HeadingPath { get; init; }
    public string? Language { get; init; }
    public required double ConfidenceScore { get; init; }
    public required int CharStart { get; init; }
    public required int CharEnd { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public Document Document { get; init; } = null!;

    public FragmentView ToView(string documentTitle, SensitivityLevel label, IReadOnlyList<string> tags) => new()
    {
        Id = Id,
        DocumentId = DocumentId,
        DocumentTitle = documentTitle,
        VersionNumber = VersionNumber,
        Content = Content,
        ContentPreview = Preview(Content),
        PageNumber = PageNumber,
        ParagraphNumber = ParagraphNumber,
        FragmentType = FragmentType,
        Language = Language,
        ConfidenceScore = ConfidenceScore,
        SensitivityLevel = label,
        Metadata = HeadingPath is null ? [] : new() { ["heading_path"] = HeadingPath },
        Tags = tags,
        CharStart = CharStart,
        CharEnd = CharEnd,
        CreatedAt = CreatedAt,
    };

    private static string Preview(string content)
    {
        const int Length = 200;
        if (content.Length <= Length)
            return content;
        return content[..(char.IsHighSurrogate(content[Length - 1]) ? Length - 1 : Length)];
    }
}

internal sealed class FragmentMapping : IEntityTypeConfiguration<Fragment>, IScopedMapping
{
    public void Configure(EntityTypeBuilder<Fragment> fragment)
    {
        fragment.ToTable("fragments");
        fragment.HasKey(f => new { f.OrganizationId, f.Number });
        fragment.HasIndex(f => f.Id).IsUnique();
        fragment.HasIndex(f => new { f.VersionId, f.ParagraphNumber });
        fragment.HasOne(f => f.Document).WithMany().HasForeignKey(f => f.DocumentId);
        fragment.HasOne<DocumentVersion>().WithMany().HasForeignKey(f => f.VersionId);
    }

    // A passage is as visible as its document.
    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<Fragment>()
        .HasQueryFilter(Filters.Deleted, f => f.Document.DeletedAt == null)
        .HasQueryFilter(Filters.Reach, ReachFilter.Of<Fragment>(() => db.DocumentReach, f => f.Document.DepartmentId, f => f.Document.SensitivityLevel));
}
