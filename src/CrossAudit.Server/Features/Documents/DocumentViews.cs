using System.Linq.Expressions;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Features.Documents;

/// <summary>How documents are shown: one projection, run by the database for reads and in memory after writes.</summary>
internal static class DocumentViews
{
    public static Expression<Func<Document, DocumentView>> View { get; } = d => new DocumentView
    {
        Id = d.Id,
        OrganizationId = d.OrganizationId,
        DepartmentId = d.DepartmentId,
        Title = d.Title,
        Description = d.Description,
        DocumentType = d.DocumentType,
        CurrentVersion = d.CurrentVersion,
        TotalVersions = d.CurrentVersion,
        FileSize = d.FileSize,
        MimeType = d.MimeType,
        Checksum = d.Checksum,
        SensitivityLevel = d.SensitivityLevel,
        RetentionPolicy = new RetentionPolicyView { RetentionPeriod = d.RetentionDays, AutoDelete = d.RetentionAutoDelete, StartsAt = d.RetentionStartsAt },
        RetentionSource = d.RetentionSource,
        RetainedUntil = d.RetainedUntil,
        LegalHold = d.LegalHold,
        Tags = d.Tags,
        Status = d.Status,
        StatusDetail = d.StatusDetail,
        CreatedBy = d.CreatedBy,
        LastModifiedBy = d.LastModifiedBy,
        IndexedAt = d.IndexedAt,
        SuggestedSensitivityLevel = d.SuggestedSensitivityLevel,
        CreatedAt = d.CreatedAt,
        UpdatedAt = d.UpdatedAt,
    };

    private static readonly Func<Document, DocumentView> InMemory = View.Compile();

    public static Revised<DocumentView> ToView(this Document document) => new(InMemory(document), document.Revision);
}
