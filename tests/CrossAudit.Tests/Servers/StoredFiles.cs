using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Blobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Servers;

/// <summary>The files in the store themselves, past all that guards them.</summary>
internal static class StoredFiles
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What is known of the bytes of a version.</summary>
    public static Task<StoredBlob> BlobAsync(this RunningServer server, Guid documentId, int number = 1) => server.ReadAsync(db => db.Set<DocumentVersion>().IgnoreQueryFilters().AsNoTracking()
        .Where(v => v.DocumentId == documentId && v.Number == number).Select(v => v.Blob).SingleAsync(Stop));

    public static Task<List<StoredBlob>> BlobsAsync(this RunningServer server, Guid organizationId) =>
        server.ReadAsync(db => db.Set<StoredBlob>().IgnoreQueryFilters().AsNoTracking().Where(b => b.OrganizationId == organizationId).ToListAsync(Stop));

    /// <summary>The bytes as they are stored; null where there are none.</summary>
    public static async Task<byte[]?> RawBytesAsync(this RunningServer server, string location)
    {
        try
        {
            await using var stored = await Store(server).OpenAsync(location, Stop);
            using var bytes = new MemoryStream();
            await stored.CopyToAsync(bytes, Stop);
            return bytes.ToArray();
        }
        catch (BlobDamagedException)
        {
            return null;
        }
    }

    /// <summary>Puts other bytes in place of what is stored, as somebody with access to the disk or the bucket could.</summary>
    public static async Task OverwriteAsync(this RunningServer server, string location, byte[] bytes)
    {
        var path = Path.Combine(server.Settings.DataDirectory, $"overwrite-{Guid.CreateVersion7()}");
        await File.WriteAllBytesAsync(path, bytes, Stop);
        await Store(server).StoreAsync(location, path, Stop);
        File.Delete(path);
    }

    public static Task LoseAsync(this RunningServer server, string location) => Store(server).DeleteAsync(location, Stop);

    /// <summary>A document's content as it is handed out.</summary>
    public static async Task<byte[]> ContentAsync(this Person person, Guid documentId, int? number = null)
    {
        await using var download = await person.Client.Documents.DownloadAsync(documentId, number, Stop);
        using var bytes = new MemoryStream();
        await download.Content.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }

    private static IBlobStore Store(RunningServer server) => server.Services.GetRequiredService<IBlobStore>();
}
