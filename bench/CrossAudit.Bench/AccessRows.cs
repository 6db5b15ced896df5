using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Bench;

/// <summary>Puts a made-up organization into a database.</summary>
internal static class AccessRows
{
    private const int RowsAtATime = 5_000;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task StoreAsync(IServiceProvider services, AccessOrganization organization, CancellationToken stop)
    {
        await SaveAsync(services, [new Organization { Id = organization.Id, Name = "Bench", DisplayName = "Bench", OwnerId = organization.People[0], CreatedAt = Now, UpdatedAt = Now }], stop);
        var rows = People(organization).Concat<object>(Memberships(organization)).Concat(Departments(organization)).Concat(organization.Roles)
            .Concat(organization.Grants.Select(grant => Of(organization.Id, grant)));
        foreach (var some in rows.Chunk(RowsAtATime))
            await SaveAsync(services, some, stop);
    }

    public static async Task SaveAsync(IServiceProvider services, IReadOnlyCollection<object> rows, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        db.AddRange(rows);
        await db.SaveChangesAsync(stop);
    }

    public static RoleGrant Of(Guid organizationId, GrantFact grant) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganizationId = organizationId,
        UserId = grant.UserId,
        RoleId = grant.RoleId,
        DepartmentId = grant.DepartmentId,
        GrantedBy = grant.UserId,
        GrantedAt = Now,
    };

    private static IEnumerable<User> People(AccessOrganization organization) =>
        organization.People.Select(id => new User { Id = id, UserName = $"{id}@example.org", Email = $"{id}@example.org", CreatedAt = Now, UpdatedAt = Now });

    private static IEnumerable<Membership> Memberships(AccessOrganization organization) =>
        organization.People.Select(id => new Membership { Id = Guid.CreateVersion7(), OrganizationId = organization.Id, UserId = id, Role = DefaultRoles.Viewer, JoinedAt = Now });

    private static IEnumerable<Department> Departments(AccessOrganization organization) => organization.Departments.Select((id, number) => new Department
    {
        Id = id,
        OrganizationId = organization.Id,
        Name = $"department-{number}",
        DisplayName = $"Department {number}",
        ParentDepartmentId = organization.ParentOf(number),
        CreatedAt = Now,
        UpdatedAt = Now,
    });
}
