using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Retention.Disposals;

/// <summary>What was destroyed, and what will be.</summary>
internal sealed class DisposalQueries(AppDbContext db, TimeProvider clock)
{
    private const int PreviewDays = 365;

    public Task<Page<DisposalView>> ListAsync(PageRequest page, CancellationToken stop) =>
        db.Set<Disposal>().AsNoTracking().NewestFirstAsync(page, Disposal.View, d => new Cursor(d.DisposedAt, d.Id), stop);

    public Task<DisposalCertificateView?> FindAsync(Guid id, CancellationToken stop) => db.Set<Disposal>().AsNoTracking().Where(d => d.Id == id).Select(Disposal.Whole).SingleOrDefaultAsync(stop);

    /// <summary>What would be disposed of, the first to go first, as far as the actor may see it. Nothing is changed.</summary>
    public Task<Page<PlannedDisposalView>> PreviewAsync(RetentionPreviewRequest request, CancellationToken stop)
    {
        var until = request.Until ?? clock.GetUtcNow().AddDays(PreviewDays);
        return db.Set<Document>().IgnoreQueryFilters([Filters.Deleted]).AsNoTracking().Where(d => d.DueAt != null && d.DueAt <= until).OrderBy(d => d.DueAt).ThenBy(d => d.Id).InOrderAsync(
            new PageRequest(request.Limit, request.Offset),
            d => new PlannedDisposalView
            {
                DocumentId = d.Id,
                Title = d.Title,
                DocumentType = d.DocumentType,
                SensitivityLevel = d.SensitivityLevel,
                Next = d.DeletedAt == null ? "bin" : "destruction",
                DueAt = d.DueAt!.Value,
                RetentionSource = d.RetentionSource,
                RetentionPolicy = new RetentionPolicyView { RetentionPeriod = d.RetentionDays, AutoDelete = d.RetentionAutoDelete, StartsAt = d.RetentionStartsAt },
            },
            stop);
    }
}
