namespace CrossAudit.Tests.Core.Permissions;

/// <summary>Smaller organizations of the same kind: without one of their facts, or with a simpler one. FsCheck goes on with the first that fails as well.</summary>
internal static class AccessCaseShrinker
{
    public static IEnumerable<AccessCase> Shrink(AccessCase one) =>
    [
        .. one.Questions.Count == 1 ? [] : one.Questions.Select(question => one with { Questions = [question] }),
        .. Without(one.Grants).Select(grants => one with { Grants = grants }),
        .. Without(one.DepartmentMembers).Select(members => one with { DepartmentMembers = members }),
        .. Without(one.Memberships).Select(memberships => one with { Memberships = memberships }),
        .. Without(one.Departments).Select(departments => one with { Departments = departments }),
        .. Without(one.Roles).Select(roles => one with { Roles = roles }),
        .. Without(one.CustomPermissions).Select(names => one with { CustomPermissions = names }),
        .. Simpler(one.Grants, Simpler).Select(grants => one with { Grants = grants }),
        .. Simpler(one.Departments, Simpler).Select(departments => one with { Departments = departments }),
        .. Simpler(one.Roles, Simpler).Select(roles => one with { Roles = roles }),
    ];

    private static IEnumerable<CaseGrant> Simpler(CaseGrant grant)
    {
        if (grant.Ends is not null)
            yield return grant with { Ends = null };
        if (grant.Department is not null)
            yield return grant with { Department = null };
    }

    private static IEnumerable<CaseDepartment> Simpler(CaseDepartment department)
    {
        if (department.Parent is not null)
            yield return department with { Parent = null };
        if (department.DefaultRole is not null)
            yield return department with { DefaultRole = null };
    }

    private static IEnumerable<CaseRole> Simpler(CaseRole role)
    {
        if (role.Parent is not null)
            yield return role with { Parent = null };
        if (!role.IsActive)
            yield return role with { IsActive = true };
        foreach (var allows in Without(role.Allows))
            yield return role with { Allows = allows };
        foreach (var denies in Without(role.Denies))
            yield return role with { Denies = denies };
    }

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> all) => all.Select((_, index) => (IReadOnlyList<T>)[.. all.Take(index), .. all.Skip(index + 1)]);

    private static IEnumerable<IReadOnlyList<T>> Simpler<T>(IReadOnlyList<T> all, Func<T, IEnumerable<T>> simpler) =>
        all.SelectMany((one, index) => simpler(one).Select(other => (IReadOnlyList<T>)[.. all.Take(index), other, .. all.Skip(index + 1)]));
}
