using System.Text;
using CrossAudit.Client;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Core.Permissions;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>A document and where it stands.</summary>
internal sealed record Shelved(Guid Id, string? Department, SensitivityLevel Label);

/// <summary>An organization with random departments and documents: the same in the server, which is told through its API, and as facts for the brute force.</summary>
internal sealed class LabelledLibrary
{
    private const int DepartmentCount = 6;
    private const int DocumentCount = 14;

    private static readonly SensitivityLevel[] Labels = Enum.GetValues<SensitivityLevel>();
    private static readonly CaseRole[] Roles =
    [
        .. Labels.Select(label => new CaseRole($"reader-{label.ToString().ToLowerInvariant()}", null, true, label, ["documents.read"], [])),
        new("heir", "reader-internal", true, SensitivityLevel.Public, ["chat.read"], []),
        new("cleared", null, true, SensitivityLevel.Restricted, [], []),
        new("barred", null, true, SensitivityLevel.Public, [], ["documents.*"]),
        new("switched-off", null, false, SensitivityLevel.Restricted, ["documents.read"], []),
    ];

    private readonly Person _founder;
    private readonly Random _random;
    private readonly Dictionary<string, Guid> _ids = [];
    private readonly List<CaseDepartment> _departments = [];

    private LabelledLibrary(Person founder, Random random) => (_founder, _random) = (founder, random);

    public List<Shelved> Documents { get; } = [];

    public IEnumerable<string> Departments => _departments.Select(department => department.Name);

    public static async Task<LabelledLibrary> BuildAsync(Person founder, Random random)
    {
        var library = new LabelledLibrary(founder, random);
        foreach (var role in Roles)
            await library.AddAsync(role);
        for (var number = 0; number < DepartmentCount; number++)
            await library.AddDepartmentAsync($"d{number}");
        for (var number = 0; number < DocumentCount; number++)
            await library.AddDocumentAsync(number);
        foreach (var document in library.Documents)
            await founder.UntilSettledAsync(document.Id);
        return library;
    }

    public Guid IdOf(string department) => _ids[department];

    /// <summary>Gives somebody random roles, and puts them into random departments.</summary>
    public async Task<AccessCase> GrantAsync(Person person, string membership)
    {
        var name = person.Id.ToString();
        var grants = Enumerable.Range(0, _random.Next(5)).Select(_ => new CaseGrant(name, Pick(Roles).Name, AnyDepartment(), null)).Distinct().ToList();
        var belongs = Enumerable.Range(0, _random.Next(3)).Select(_ => new CaseDepartmentMember(name, Pick(_departments).Name)).Distinct().ToList();
        foreach (var grant in grants)
            await _founder.Client.Access.GrantAsync(person.Id, _ids[grant.Role], new GrantRoleRequest { DepartmentId = IdOrNull(grant.Department) }, Stop);
        foreach (var one in belongs)
            await _founder.Client.Access.Departments.AddMemberAsync(_ids[one.Department], person.Id, Stop);
        return new AccessCase { Roles = Roles, Departments = _departments, Memberships = [new CaseMembership(name, membership)], Grants = grants, DepartmentMembers = belongs, Questions = [] };
    }

    /// <summary>Takes all of it back.</summary>
    public async Task TakeBackAsync(Person person, AccessCase granted)
    {
        foreach (var role in granted.Grants.Select(grant => grant.Role).Distinct())
            await _founder.Client.Access.RevokeAsync(person.Id, _ids[role], stop: Stop);
        foreach (var one in granted.DepartmentMembers)
            await _founder.Client.Access.Departments.RemoveMemberAsync(_ids[one.Department], person.Id, Stop);
    }

    private async Task AddAsync(CaseRole role)
    {
        var request = new CreateRoleRequest
        {
            Name = role.Name,
            ParentRoleId = IdOrNull(role.Parent),
            MaxSensitivity = role.Clearance,
            Permissions = role.Allows,
            DeniedPermissions = role.Denies,
        };
        _ids[role.Name] = (await _founder.Client.Access.CreateRoleAsync(request, Stop)).Value.Id;
        if (!role.IsActive)
            await _founder.Client.Access.UpdateRoleAsync(_ids[role.Name], new UpdateRoleRequest { IsActive = false }, stop: Stop);
    }

    private async Task AddDepartmentAsync(string name)
    {
        var department = new CaseDepartment(name, AnyDepartment(), _random.Next(2) == 0 ? Pick(Roles).Name : null);
        var request = new CreateDepartmentRequest { Name = name, ParentDepartmentId = IdOrNull(department.Parent), DefaultRoleId = IdOrNull(department.DefaultRole) };
        _ids[name] = (await _founder.Client.Access.Departments.CreateAsync(request, Stop)).Value.Id;
        _departments.Add(department);
    }

    private async Task AddDocumentAsync(int number)
    {
        var (department, label) = (AnyDepartment(), Pick(Labels));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"A kestrel hovers over field {number}."));
        var upload = await _founder.Client.Documents.UploadAsync(content, "text.txt", new UploadFields { SensitivityLevel = label, DepartmentId = IdOrNull(department) }, Stop);
        Documents.Add(new Shelved(upload.DocumentId, department, label));
    }

    private Guid? IdOrNull(string? name) => name is null ? null : _ids[name];

    private string? AnyDepartment() => _departments.Count > 0 && _random.Next(5) > 0 ? Pick(_departments).Name : null;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
