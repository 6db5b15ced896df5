using System.Linq.Expressions;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Documents.Retention.Disposals;

/// <summary>That a document was destroyed. It has no foreign key: what it tells of is gone.</summary>
internal sealed class Disposal : IDepartmental, ITimeOrdered
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid DocumentId { get; init; }

    // Where it stood and how it was labelled: whoever could not see the document does not see that it is gone.
    public Guid? DepartmentId { get; init; }
    public required SensitivityLevel SensitivityLevel { get; init; }

    public required string Title { get; init; }
    public required string DocumentType { get; init; }
    public required int Versions { get; init; }
    public required long Bytes { get; init; }
    public required string RetentionSource { get; init; }
    public required DateTimeOffset RetainedUntil { get; init; }
    public required DateTimeOffset DeletedAt { get; init; }
    public Guid? DeletedBy { get; init; }

    /// <summary>When it was destroyed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The certificate as a signed note.</summary>
    public required string Certificate { get; init; }

    /// <summary>The key that it can be checked with.</summary>
    public required string PublicKey { get; init; }

    public static Expression<Func<Disposal, DisposalView>> View { get; } = d => new DisposalView
    {
        Id = d.Id,
        DocumentId = d.DocumentId,
        Title = d.Title,
        DocumentType = d.DocumentType,
        SensitivityLevel = d.SensitivityLevel,
        DepartmentId = d.DepartmentId,
        Versions = d.Versions,
        Bytes = d.Bytes,
        RetentionSource = d.RetentionSource,
        RetainedUntil = d.RetainedUntil,
        DeletedAt = d.DeletedAt,
        DeletedBy = d.DeletedBy,
        DisposedAt = d.CreatedAt,
    };

    public static Expression<Func<Disposal, DisposalCertificateView>> Whole { get; } = d => new DisposalCertificateView { DocumentId = d.DocumentId, Certificate = d.Certificate, PublicKey = d.PublicKey };
}

internal sealed class DisposalMapping : IEntityTypeConfiguration<Disposal>, IScopedMapping
{
    public void Configure(EntityTypeBuilder<Disposal> disposal)
    {
        disposal.ToTable("disposals");
        disposal.HasIndex(d => new { d.OrganizationId, d.CreatedAt, d.Id });
    }

    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<Disposal>()
        .HasQueryFilter(Filters.Reach, ReachFilter.Of<Disposal>(() => db.DocumentReach, d => d.DepartmentId, d => d.SensitivityLevel));
}
