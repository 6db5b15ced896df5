using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Documents.Search;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Data.FullText;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents;

/// <summary>What documents keep for an organization: rows, index entries and files.</summary>
internal sealed class DocumentData(AppDbContext db, IFullTextSearch search, IBlobStore blobs) : IOrganizationData
{
    // Documents are the organization's, whoever made them.
    public Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop) => Task.CompletedTask;

    // A version at a time: first its file, which nothing leads to once the row is gone.
    public async Task DestroyAsync(Guid organizationId, CancellationToken stop)
    {
        while (await db.Set<DocumentVersion>().IgnoreQueryFilters().AsNoTracking().Where(v => v.OrganizationId == organizationId).OrderByDescending(v => v.Number)
            .Select(v => new { v.Id, v.ContentHash }).FirstOrDefaultAsync(stop) is { } version)
        {
            await blobs.DeleteAsync(new BlobKey(organizationId, version.ContentHash), stop);
            await db.WriteAsync(
                async () =>
                {
                    await search.RemoveAsync(db, FragmentIndex.Table, version.Id, stop);
                    await db.Set<Fragment>().IgnoreQueryFilters().Where(f => f.VersionId == version.Id).ExecuteDeleteAsync(stop);
                    await db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.ParentVersionId == version.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.ParentVersionId, (Guid?)null), stop);
                    return await db.Set<DocumentVersion>().IgnoreQueryFilters().Where(v => v.Id == version.Id).ExecuteDeleteAsync(stop);
                },
                stop);
        }
        await db.Set<Document>().IgnoreQueryFilters().Where(d => d.OrganizationId == organizationId).ExecuteDeleteAsync(stop);
    }
}
