using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Destroys all files of the scope's organization, in steps: bytes first, for nothing leads to them once their rows are gone.</summary>
internal sealed class BlobDestruction(AppDbContext db, IBlobStore store)
{
    private const int StepSize = 100;

    public async Task RunAsync(CancellationToken stop)
    {
        while (await db.Set<StoredBlob>().OrderBy(b => b.Id).Take(StepSize).Select(b => new Entry(b.Id, b.Location)).ToListAsync(stop) is { Count: > 0 } blobs)
            await DestroyAsync<StoredBlob>(blobs, stop);
        while (await db.Set<DiscardedBlob>().OrderBy(b => b.Id).Take(StepSize).Select(b => new Entry(b.Id, b.Location)).ToListAsync(stop) is { Count: > 0 } blobs)
            await DestroyAsync<DiscardedBlob>(blobs, stop);
    }

    private async Task DestroyAsync<T>(List<Entry> blobs, CancellationToken stop)
        where T : class, IDueRow
    {
        foreach (var blob in blobs)
            await store.DeleteAsync(blob.Location, stop);
        var ids = blobs.ConvertAll(blob => blob.Id);
        await db.WriteAsync(() => db.Set<T>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(stop), stop);
    }

    private sealed record Entry(Guid Id, string Location);
}
