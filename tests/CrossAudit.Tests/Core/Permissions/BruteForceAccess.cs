using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>
/// Who may do what, word for word as the contract has it, by going through plain lists again and again. It shares no code with the engine; only the list of
/// what the default roles say is the product's.
/// </summary>
internal sealed class BruteForceAccess(AccessCase facts)
{
    private static readonly CaseRole[] Shipped =
        [.. DefaultRoles.All.Append(DefaultRoles.OwnerDefinition).Select(role => new CaseRole(role.Name, role.Parent, true, role.MaxSensitivity, role.Permissions, role.Denied))];

    // Answers are kept, or going through everything for each of them would take minutes.
    private readonly Dictionary<(string User, string? Department, int At), List<CaseRole>> _counting = [];
    private readonly Dictionary<string, List<CaseRole>> _lines = [];

    /// <summary>"A denied permission beats any allow, whichever role it comes through."</summary>
    public bool IsHeld(string user, string permission, string? department, int at)
    {
        var roles = RolesThatCount(user, department, at);
        return Exists(permission) && roles.Any(role => role.Allows.Any(entry => Says(entry, permission))) && !roles.Any(role => role.Denies.Any(entry => Says(entry, permission)));
    }

    /// <summary>"Who may read a level is <c>max_sensitivity</c> of their roles."</summary>
    public SensitivityLevel Clearance(string user, string? department, int at) => Highest(RolesThatCount(user, department, at));

    public bool IsHeldSomewhere(string user, string permission, int at) => Places().Any(place => IsHeld(user, permission, place, at));

    /// <summary>The highest label up to which it is held somewhere; null if it is held nowhere.</summary>
    public SensitivityLevel? HighestSeen(string user, string permission, int at) =>
        Places().Where(place => IsHeld(user, permission, place, at)).Select(place => (SensitivityLevel?)Clearance(user, place, at)).Max();

    /// <summary>"Nobody can grant what they do not hold": neither what the role allows nor what it denies, nor a clearance, anywhere where it would count.</summary>
    public bool MayGive(string user, string role, string? department, int at)
    {
        if (department is not null && !facts.Departments.Any(d => d.Name == department))
            return false;
        var (given, line) = (Places().Where(place => department is null || AndAbove(place).Contains(department)), LineIfOn(role));
        var said = facts.CustomPermissions.Concat(Contracts.Permissions.All).Where(permission => line.Any(one => one.Allows.Concat(one.Denies).Any(entry => Says(entry, permission)))).ToList();
        return given.All(place => said.TrueForAll(permission => IsHeld(user, permission, place, at)) && Highest(line) <= Clearance(user, place, at));
    }

    /// <summary>The organization at large, each department, and one that somebody else has just made.</summary>
    public IEnumerable<string?> Places() => [null, "new", .. facts.Departments.Select(department => department.Name)];

    // "A role granted with a department counts only for resources of that department and of those below it; without one, for the whole organization."
    private List<CaseRole> RolesThatCount(string user, string? department, int at) => Kept(_counting, (user, department, at), () =>
    {
        if (facts.Memberships.FirstOrDefault(m => m.User == user) is not { } membership)
            return [];
        var here = AndAbove(department);
        var granted = facts.Grants.Where(grant => grant.User == user && (grant.Ends is not { } end || at < end) && (grant.Department is null || here.Contains(grant.Department))).Select(grant => grant.Role);
        var carried = from belongs in facts.DepartmentMembers
                      where belongs.User == user && here.Contains(belongs.Department)
                      from one in facts.Departments
                      where one.Name == belongs.Department && one.DefaultRole is not null
                      select one.DefaultRole;
        return [.. granted.Concat(carried).Append(membership.Role).SelectMany(Line)];
    });

    // "A role inherits all that its parent role has, to any depth." One whose ancestors end in nothing or in a circle is no role; nothing comes through one that is switched off.
    private List<CaseRole> Line(string name) => Kept(_lines, name, () => [.. LineIfOn(name).TakeWhile(role => role.IsActive)]);

    private List<CaseRole> LineIfOn(string name)
    {
        var line = new List<CaseRole>();
        for (string? next = name; next is not null; next = line[^1].Parent)
        {
            if (Shipped.Concat(facts.Roles).FirstOrDefault(role => role.Name == next) is not { } found || line.Contains(found))
                return [];
            line.Add(found);
        }
        return line;
    }

    private List<string> AndAbove(string? department)
    {
        var line = new List<string>();
        while (facts.Departments.FirstOrDefault(one => one.Name == department) is { } found)
        {
            line.Add(found.Name);
            department = found.Parent;
        }
        return line;
    }

    private bool Exists(string permission) => Contracts.Permissions.All.Contains(permission) || facts.CustomPermissions.Contains(permission);

    // "A permission is resource.action; resource.* and admin.full cover what they say."
    private static bool Says(string entry, string permission) =>
        entry == permission || entry == "admin.full" || (entry.Split('.')[1] == "*" && entry.Split('.')[0] == permission.Split('.')[0]);

    private static SensitivityLevel Highest(List<CaseRole> roles) => roles.Select(role => role.Clearance).Append(SensitivityLevel.Public).Max();

    private static List<CaseRole> Kept<TKey>(Dictionary<TKey, List<CaseRole>> known, TKey key, Func<List<CaseRole>> answer)
        where TKey : notnull => known.TryGetValue(key, out var before) ? before : known[key] = answer();
}
