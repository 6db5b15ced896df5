namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Keeps bytes under names that are used once: what stands under a name never changes. <see cref="BlobVault"/> knows what they are.</summary>
internal interface IBlobStore
{
    /// <summary>Takes over a finished file. When this returns, the bytes are durable.</summary>
    /// <exception cref="BlobStoreUnavailableException">The store is away.</exception>
    /// <exception cref="StorageFullException">There is no room for it.</exception>
    Task StoreAsync(string location, string sourcePath, CancellationToken stop);

    /// <summary>Opens a blob as a seekable stream, read from where it is read: nobody holds a whole file in memory.</summary>
    /// <exception cref="BlobStoreUnavailableException">The store is away.</exception>
    /// <exception cref="BlobDamagedException">The store is there, and the blob is not in it.</exception>
    Task<Stream> OpenAsync(string location, CancellationToken stop);

    /// <summary>Destroys a blob; nothing happens if there is none.</summary>
    Task DeleteAsync(string location, CancellationToken stop);

    /// <summary>Whether the store can be written to.</summary>
    Task ProbeAsync(CancellationToken stop);
}
