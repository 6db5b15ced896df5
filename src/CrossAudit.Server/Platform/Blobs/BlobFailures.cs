using CrossAudit.Server.Platform.Work;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>The blob store cannot be reached, or its keys are not at hand: answered as 503. Work that needs it waits for it.</summary>
internal sealed class BlobStoreUnavailableException(string message, Exception? cause = null) : EngineAwayException(message, cause);

/// <summary>There is no room for more bytes: answered as 507.</summary>
internal sealed class StorageFullException(Exception cause) : EngineAwayException("There is no room for more files.", cause);

/// <summary>Stored bytes are gone, or are not those that were stored.</summary>
internal sealed class BlobDamagedException(string finding, Exception? cause = null) : Exception($"The stored file is {finding}.", cause)
{
    public const string Missing = "missing";
    public const string Altered = "altered";

    /// <summary>What was found.</summary>
    public string Finding { get; } = finding;
}

/// <summary>Says what a failure of the disk means to the caller.</summary>
internal static class DiskFailures
{
    private const int OutOfSpace = 28;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>What to throw instead: the caller did nothing wrong, and it must not be taken for a connection that broke.</summary>
    public static Exception Meaning(this IOException failure) => failure.HResult is OutOfSpace or OverQuota or WindowsDiskFull
        ? new StorageFullException(failure)
        : new BlobStoreUnavailableException("The disk did not do as it should.", failure);
}
