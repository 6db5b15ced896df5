using CrossAudit.Server.Platform.Work;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>
/// Keeps bytes by their SHA-256, within one organization: the same bytes are kept once, and nothing is ever overwritten with other bytes.
/// </summary>
internal interface IBlobStore
{
    /// <summary>Takes over a finished file. When this returns, the bytes are durable; before that there is nothing to be found.</summary>
    Task StoreAsync(BlobKey key, string sourcePath, CancellationToken stop);

    /// <summary>Opens a blob as a seekable stream, read from where it is read: nobody holds a whole file in memory.</summary>
    /// <exception cref="BlobStoreUnavailableException">The store is away, or the blob is not in it.</exception>
    Task<Stream> OpenAsync(BlobKey key, long length, CancellationToken stop);

    /// <summary>Destroys a blob; nothing happens if there is none.</summary>
    Task DeleteAsync(BlobKey key, CancellationToken stop);

    /// <summary>Whether the store can be written to.</summary>
    Task ProbeAsync(CancellationToken stop);
}

/// <summary>Names a blob.</summary>
/// <param name="Sha256">64 lower-case hex digits.</param>
internal readonly record struct BlobKey(Guid OrganizationId, string Sha256)
{
    /// <summary>Where it is kept: two levels of folders, so that none grows without bound.</summary>
    public string Path => $"{OrganizationId:D}/{Sha256[..2]}/{Sha256}";
}

/// <summary>The blob store cannot be reached, or has lost a blob. Answered as 503.</summary>
internal sealed class BlobStoreUnavailableException(string message, Exception? cause = null) : EngineAwayException(message, cause);
