using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Blobs in a folder: the embedded shape.</summary>
internal sealed class DiskBlobStore(Settings settings) : IBlobStore
{
    public Task StoreAsync(string location, string sourcePath, CancellationToken stop)
    {
        try
        {
            var target = PathOf(location);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // A rename, unless the work folder is on a disk of its own. Either way nobody looks under a name before it is known to be stored.
            File.Move(sourcePath, target, overwrite: true);
            FlushToDisk(target);
            return Task.CompletedTask;
        }
        catch (IOException failure)
        {
            throw failure.Meaning();
        }
    }

    public Task<Stream> OpenAsync(string location, CancellationToken stop)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(location), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.Read | FileShare.Delete }));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(settings.BlobDirectory))
        {
            throw new BlobDamagedException(BlobDamagedException.Missing, gone);
        }
        // A folder that is not there or may not be read is a disk that is not mounted.
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            throw new BlobStoreUnavailableException("The stored file cannot be read.", away);
        }
    }

    public Task DeleteAsync(string location, CancellationToken stop)
    {
        if (File.Exists(PathOf(location)))
            File.Delete(PathOf(location));
        return Task.CompletedTask;
    }

    public async Task ProbeAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(settings.BlobDirectory);
        var probe = Path.Combine(settings.BlobDirectory, ".probe");
        await File.WriteAllTextAsync(probe, "probe", stop);
    }

    private string PathOf(string location) => Path.Combine(settings.BlobDirectory, location);

    private static void FlushToDisk(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }
}
