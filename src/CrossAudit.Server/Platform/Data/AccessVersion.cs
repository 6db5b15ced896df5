using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// A row that decides who may do what in its organization. Whatever saves one counts the organization's <see cref="AccessVersion"/> up in the same transaction
/// and tells every node after it: no feature has to think of it.
/// </summary>
internal interface IAccessFact : IOrganizationOwned;

/// <summary>Counts the changes of who may do what in an organization. Its row is locked first, so they come one after the other.</summary>
internal sealed class AccessVersion : IOrganizationOwned
{
    /// <summary>Where a change is told, as the organization's id.</summary>
    public const string Topic = "access";

    // Begun at 1 by the first change; where a version is expected, any other one lets nothing through.
    private const string CountUp = """
        INSERT INTO access_versions (organization_id, version) VALUES ({0}, 1)
        ON CONFLICT (organization_id) DO UPDATE SET version = access_versions.version + 1 WHERE {1} < 0 OR access_versions.version = {1}
        """;

    public required Guid OrganizationId { get; init; }

    public required long Version { get; init; }

    /// <summary>Counts up, in the running transaction.</summary>
    /// <param name="expected">The version that the change was decided by; null where any will do.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed who may do what since.</exception>
    public static async Task CountUpAsync(AppDbContext db, Guid organizationId, long? expected, CancellationToken stop)
    {
        if (await db.Database.ExecuteSqlRawAsync(CountUp, [organizationId, expected ?? -1], stop) == 0)
            throw new DbUpdateConcurrencyException("Who may do what was changed meanwhile.");
    }
}

internal sealed class AccessVersionMapping : IEntityTypeConfiguration<AccessVersion>
{
    public void Configure(EntityTypeBuilder<AccessVersion> version) => version.ToTable("access_versions").HasKey(v => v.OrganizationId);
}
