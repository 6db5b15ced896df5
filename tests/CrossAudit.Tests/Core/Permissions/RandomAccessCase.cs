using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using FsCheck;
using FsCheck.Fluent;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>Draws organizations: mostly small, for what is wrong shows in small ones, and one in a hundred larger than a machine word has bits.</summary>
internal sealed class RandomAccessCase
{
    private const int Minutes = 10;

    private static readonly string[] Entries =
    [
        "documents.read", "documents.write", "documents.*", "chat.read", "chat.*", "users.read", "roles.manage", "audit.*", "models.approve", "models.*", "models_archive.read",
        "documents.archive", "reports.publish", "admin.*", "admin.full",
    ];
    private static readonly string[] Custom = ["models.approve", "models_archive.read", "documents.archive", "reports.publish"];
    private static readonly string[] DefaultNames = [.. DefaultRoles.All.Select(role => role.Name)];
    private static readonly SensitivityLevel[] Levels = Enum.GetValues<SensitivityLevel>();
    // The same few more often, so that their roles meet.
    private static readonly string[] Users = ["ann", "ben", "stranger"];
    private static readonly string[] AnyUser = ["ann", "ann", "ann", "ann", "ben", "ben", "stranger"];

    private readonly Random _random;
    private readonly bool _isLarge;
    private readonly string[] _roles;
    private readonly string[] _departments;
    private readonly string[] _custom;

    private RandomAccessCase(int seed)
    {
        _random = new Random(seed);
        _isLarge = Chance(1);
        _roles = Numbered("r", _isLarge ? 60 : 6);
        _departments = Numbered("d", _isLarge ? 40 : 6);
        _custom = [.. Custom.Where(_ => Chance(60)), .. _isLarge ? Numbered("bulk.p", 80) : []];
    }

    /// <summary>Drawn from a number that FsCheck draws: it replays and shrinks as ever, and 100,000 of them do not take minutes.</summary>
    public static Arbitrary<AccessCase> Any { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => new RandomAccessCase(seed).Draw()), AccessCaseShrinker.Shrink);

    private AccessCase Draw() => new()
    {
        CustomPermissions = _custom,
        Roles = [.. _roles.Select(Role)],
        Departments = [.. _departments.Select(Department)],
        Memberships = [.. Users.SkipLast(1).Where(_ => Chance(90)).Select(user => new CaseMembership(user, Chance(80) ? Pick(["viewer", "auditor"]) : Pick([.. DefaultNames, DefaultRoles.Owner])))],
        Grants = [.. Several(_isLarge ? 40 : 10).Select(_ => new CaseGrant(Pick(AnyUser), AnyRole(), Chance(75) ? AnyDepartment() : null, Chance(30) ? _random.Next(Minutes) : null))],
        DepartmentMembers = [.. Several(_isLarge ? 20 : 4).Select(_ => new CaseDepartmentMember(Pick(AnyUser), AnyDepartment()))],
        Questions = [.. Several(4).Append(0).Select(_ => Question()).OrderBy(question => question.At)],
    };

    private CaseRole Role(string name, int number) => new(
        name, Parent(_roles, number) ?? (Chance(20) ? Pick(DefaultNames) : null), Chance(88), Pick(Levels), Some(3), Chance(30) ? Some(2) : []);

    private CaseDepartment Department(string name, int number) => new(name, Parent(_departments[..number], number), Chance(40) ? AnyRole() : null);

    // Mostly one that came before; among roles now and then any, themselves included, so that there are circles; and now and then one that is gone.
    private string? Parent(string[] candidates, int number) => _random.Next(100) switch
    {
        < 45 when number > 0 => candidates[_random.Next(number)],
        < 55 when number > 0 => candidates[number - 1],
        < 60 when candidates.Length > 0 => Pick(candidates),
        < 65 => "gone",
        _ => null,
    };

    private CaseQuestion Question() => new(
        _random.Next(Minutes), Pick(AnyUser), Pick([.. Entries.Where(entry => !entry.EndsWith('*')), .. _custom.TakeLast(1)]), Chance(80) ? AnyDepartment() : null,
        Pick(Levels), Chance(15) ? [.. Users.Where(_ => Chance(50))] : null, AnyRole());

    private string AnyRole() => _random.Next(100) switch
    {
        < 85 when _roles.Length > 0 => Pick(_roles),
        < 97 => Pick(DefaultNames),
        _ => "gone",
    };

    private string AnyDepartment() => _departments.Length > 0 && Chance(93) ? Pick(_departments) : "gone";

    // What covers everything hides all else, so it is drawn rarely.
    private string[] Some(int most) => [.. Several(most).Select(_ => Chance(95) ? Pick(Entries[..^1]) : Pick(Entries)).Concat(_isLarge && _custom.Length > 0 ? [Pick(_custom)] : []).Distinct()];

    private string[] Numbered(string prefix, int most) => [.. Several(most).Select(number => $"{prefix}{number}")];

    private IEnumerable<int> Several(int most) => Enumerable.Range(0, _random.Next(most + 1)).ToList();

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private bool Chance(int percent) => _random.Next(100) < percent;
}
