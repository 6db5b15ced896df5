using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>The blob store, whichever the settings name.</summary>
internal static class BlobsModule
{
    public static IServiceCollection AddBlobs(this IServiceCollection services, Settings settings) => settings.S3 is { } s3
        ? services.AddSingleton<IBlobStore>(_ => new S3BlobStore(s3))
        : services.AddSingleton<IBlobStore, DiskBlobStore>();
}
