using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Bench;

/// <summary>
/// A made-up organization, the same each time. A rule is a role's permission entry or a grant: each role has one entry and inherits those of up to nine
/// others, each person one grant beside their membership, every other one for a department.
/// </summary>
internal sealed class AccessOrganization
{
    private const int ChainLength = 10;
    private const int PeoplePerDepartment = 100;
    private const int Branches = 4;

    private static readonly string[] Entries = [.. Contracts.Permissions.All.SkipLast(1), "documents.*", "chat.*"];
    private static readonly DateTimeOffset Founded = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(20260101);

    public AccessOrganization(int people, int roles)
    {
        Id = Guid.CreateVersion7(Founded);
        People = Ids(people);
        Departments = Ids(people / PeoplePerDepartment + 1);
        Roles = [.. RolesOf(Ids(roles))];
        Grants = [.. People.Select(person => new GrantFact(person, Pick(Roles).Id, _random.Next(2) == 0 ? Pick(Departments) : null, null))];
    }

    public Guid Id { get; }
    public Guid[] People { get; }
    public Guid[] Departments { get; }
    public Role[] Roles { get; }
    public GrantFact[] Grants { get; }
    public int Rules => Roles.Length + Grants.Length;

    public AccessFacts Facts => new(Id, 1)
    {
        Roles = Roles,
        Departments = [.. Departments.Select((id, number) => new DepartmentFact(id, ParentOf(number), null))],
        Memberships = [.. People.Select(person => new MembershipFact(person, DefaultRoles.Viewer))],
        Grants = Grants,
    };

    /// <summary>The department that the one of this number is part of.</summary>
    public Guid? ParentOf(int number) => number == 0 ? null : Departments[(number - 1) / Branches];

    /// <summary>Questions about anybody, as many as asked for.</summary>
    public AccessQuestion[] Questions(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new AccessQuestion(Pick(People), Pick(Entries[..^2]), _random.Next(4) > 0 ? Pick(Departments) : null))];

    /// <summary>The same about one person, who has another role in a department than elsewhere.</summary>
    public AccessQuestion[] QuestionsOfOne(int count)
    {
        var one = Grants.First(grant => grant.DepartmentId is not null).UserId;
        return Array.ConvertAll(Questions(count), question => question with { UserId = one });
    }

    private IEnumerable<Role> RolesOf(Guid[] ids) => ids.Select((id, number) => new Role
    {
        Id = id,
        OrganizationId = Id,
        Name = $"role-{number}",
        DisplayName = $"Role {number}",
        ParentRoleId = number % ChainLength == 0 ? null : ids[number - 1],
        MaxSensitivity = (SensitivityLevel)_random.Next(4),
        Permissions = [Pick(Entries)],
        CreatedAt = Founded,
        UpdatedAt = Founded,
    });

    private static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}

/// <summary>Whether somebody may do something in a department; null stands for the organization at large.</summary>
internal readonly record struct AccessQuestion(Guid UserId, string Permission, Guid? DepartmentId);
