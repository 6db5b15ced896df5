using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Blobs in a folder: the embedded shape.</summary>
internal sealed class DiskBlobStore(Settings settings) : IBlobStore
{
    public Task StoreAsync(BlobKey key, string sourcePath, CancellationToken stop)
    {
        var target = PathOf(key);
        if (File.Exists(target))
            return Task.CompletedTask;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        FlushToDisk(sourcePath);
        // Same file system, so the name appears with all its bytes or not at all; two uploads of the same bytes meet in the same content.
        File.Move(sourcePath, target, overwrite: true);
        return Task.CompletedTask;
    }

    public Task<Stream> OpenAsync(BlobKey key, long length, CancellationToken stop)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(key), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.Read | FileShare.Delete }));
        }
        catch (IOException cause)
        {
            throw new BlobStoreUnavailableException("The stored file cannot be read.", cause);
        }
    }

    public Task DeleteAsync(BlobKey key, CancellationToken stop)
    {
        if (File.Exists(PathOf(key)))
            File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public async Task ProbeAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(settings.BlobDirectory);
        var probe = Path.Combine(settings.BlobDirectory, ".probe");
        await File.WriteAllTextAsync(probe, "probe", stop);
    }

    private string PathOf(BlobKey key) => Path.Combine(settings.BlobDirectory, key.Path);

    private static void FlushToDisk(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }
}
