using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Platform.Data;

/// <summary>The database goes up to the newest model and down to nothing, on both engines.</summary>
public sealed class MigrationTests(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Every_migration_goes_up_down_and_up_again(Shape shape)
    {
        using var folder = new ScratchFolder();
        await using var services = await ServicesAsync(shape, folder);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();

        await services.MigrateAsync(Stop);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Stop));
        await db.Database.MigrateAsync("0", Stop);
        Assert.Empty(await db.Database.GetAppliedMigrationsAsync(Stop));
        await services.MigrateAsync(Stop);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Stop));
    }

    [Theory, EveryShape]
    public async Task Files_that_were_stored_before_they_had_rows_get_one_for_the_same_bytes(Shape shape)
    {
        using var folder = new ScratchFolder();
        await using var services = await ServicesAsync(shape, folder);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await db.Database.MigrateAsync("Initial", Stop);
        object tags = shape == Shape.Full ? Array.Empty<string>() : "[]";
        var (organization, document, time) = (Guid.CreateVersion7(), Guid.CreateVersion7(), db.Stored(TimeProvider.System.GetUtcNow()));
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO documents (id, organization_id, title, document_type, sensitivity_level, tags, retention_days, retention_auto_delete, retention_starts_at,
                legal_hold, current_version, searched_version, status, created_by, last_modified_by, created_at, updated_at, revision)
            VALUES ({document}, {organization}, 'Old', 'policy', 1, {tags}, 1, {false}, 'created_at', {false}, 3, 0, 'Pending', {document}, {document}, {time}, {time}, 0)
            """, Stop);
        foreach (var (number, hash) in new[] { (1, "aaaa"), (2, "bbbb"), (3, "aaaa") })
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO document_versions (id, organization_id, document_id, number, title, filename, content_hash, file_size, mime_type, change_type, metadata, created_by, created_at, attempts)
                VALUES ({Guid.CreateVersion7()}, {organization}, {document}, {number}, 'Old', 'old.txt', {hash}, {10 + hash[0]}, 'text/plain', 'update', {"{}"}, {document}, {time}, 0)
                """, Stop);

        await services.MigrateAsync(Stop);

        db.ChangeTracker.Clear();
        var versions = await db.Set<DocumentVersion>().IgnoreQueryFilters().AsNoTracking().Include(v => v.Blob).OrderBy(v => v.Number).ToListAsync(Stop);
        Assert.Equal([$"{organization}/aa/aaaa", $"{organization}/bb/bbbb", $"{organization}/aa/aaaa"], versions.Select(v => v.Blob.Location));
        Assert.All(versions, v => Assert.Equal((v.OrganizationId, v.ContentHash, v.FileSize, (Guid?)null), (v.Blob.OrganizationId, v.Blob.Sha256, v.Blob.Size, v.Blob.KeyId)));
        Assert.All(versions, v => Assert.True(v.Blob.StoredAt is not null && v.Blob.DueAt is not null));
        Assert.Equal(2, versions.Select(v => v.BlobId).Distinct().Count());
    }

    [Theory, EveryShape]
    public async Task The_model_has_nothing_that_the_migrations_lack(Shape shape)
    {
        await using var scope = (await servers.OnAsync(shape)).Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.HasPendingModelChanges());
    }

    private async Task<ServiceProvider> ServicesAsync(Shape shape, ScratchFolder folder)
    {
        var settings = shape == Shape.Full ? await servers.FullShapeAsync() : [];
        settings["CROSSAUDIT_DATA"] = folder.Path;
        return new ServiceCollection().AddData(SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).BuildServiceProvider();
    }
}
