using CrossAudit.Server.Platform.Blobs.Encryption;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Work;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>The files of organizations, in the store that the settings name.</summary>
internal static class BlobsModule
{
    public static IServiceCollection AddBlobs(this IServiceCollection services, Settings settings)
    {
        services
            .AddSingleton<BlobVault>()
            .AddScoped<BlobLedger>()
            .AddScoped<BlobDestruction>()
            .AddWork<DiscardedBlob, BlobDisposal>()
            .AddSingleton<WorkFolder>()
            .AddHostedService<WorkFolderSweep>()
            .AddSingleton<MasterKeys>()
            .AddScoped<DataKeys>()
            .AddHostedService<MasterKeyRotation>();
        return settings.S3 is { } s3
            ? services.AddSingleton<IBlobStore>(_ => new S3BlobStore(s3))
            : services.AddSingleton<IBlobStore, DiskBlobStore>();
    }
}
