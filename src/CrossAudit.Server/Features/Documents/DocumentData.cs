using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Documents.Retention;
using CrossAudit.Server.Features.Documents.Retention.Disposals;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents;

/// <summary>What documents keep for an organization: rows, index entries and files.</summary>
internal sealed class DocumentData(AppDbContext db, SearchIndex index, RetentionRollout retention, BlobVault blobs) : IOrganizationData
{
    // Documents are the organization's, whoever made them.
    public Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop) => Task.CompletedTask;

    // Also what lies in the bin.
    public Task<bool> IsHeldAsync(Guid organizationId, CancellationToken stop) =>
        db.Set<Document>().IgnoreQueryFilters().AnyAsync(d => d.OrganizationId == organizationId && d.LegalHold, stop);

    public Task ApplyAsync(Guid organizationId, OrganizationSettings settings, CancellationToken stop) => retention.RunAsync(organizationId, settings, stop);

    // First the key: whatever of the files is left somewhere cannot be read from then on. The files themselves go last, when no version refers to them.
    public async Task DestroyAsync(Guid organizationId, CancellationToken stop)
    {
        await blobs.DestroyKeyAsync(organizationId, stop);
        await index.DestroyAsync(organizationId, stop);
        while (await db.Set<DocumentVersion>().IgnoreQueryFilters().AsNoTracking().Where(v => v.OrganizationId == organizationId).OrderByDescending(v => v.Number)
            .Select(v => new { v.Id }).FirstOrDefaultAsync(stop) is { } version)
        {
            await db.WriteAsync(
                async () =>
                {
                    await db.Set<Fragment>().IgnoreQueryFilters().Where(f => f.VersionId == version.Id).ExecuteDeleteAsync(stop);
                    await db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.ParentVersionId == version.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.ParentVersionId, (Guid?)null), stop);
                    return await db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.Id == version.Id).ExecuteDeleteAsync(stop);
                },
                stop);
        }
        await db.Set<Document>().IgnoreQueryFilters().Where(d => d.OrganizationId == organizationId).ExecuteDeleteAsync(stop);
        await db.Set<Disposal>().IgnoreQueryFilters().Where(d => d.OrganizationId == organizationId).ExecuteDeleteAsync(stop);
        await blobs.DestroyAsync(organizationId, stop);
    }
}
