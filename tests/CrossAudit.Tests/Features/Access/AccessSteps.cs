using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Access;

/// <summary>What administrators do in tests.</summary>
internal static class AccessSteps
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<RoleView> MakeRoleAsync(this Person admin, string name, string[] permissions, string[]? denied = null, Guid? parent = null, SensitivityLevel clearance = SensitivityLevel.Internal) =>
        (await admin.Client.Access.CreateRoleAsync(
            new CreateRoleRequest { Name = name, Permissions = permissions, DeniedPermissions = denied ?? [], ParentRoleId = parent, MaxSensitivity = clearance }, Stop)).Value;

    public static async Task<DepartmentView> MakeDepartmentAsync(this Person admin, string name, Guid? parent = null, Guid? defaultRole = null) =>
        (await admin.Client.Access.Departments.CreateAsync(new CreateDepartmentRequest { Name = name, ParentDepartmentId = parent, DefaultRoleId = defaultRole }, Stop)).Value;

    public static Task<RoleHoldingView> GrantAsync(this Person admin, Person to, Guid role, Guid? department = null, DateTimeOffset? until = null) =>
        admin.Client.Access.GrantAsync(to.Id, role, new GrantRoleRequest { DepartmentId = department, ExpiresAt = until }, Stop);

    public static async Task<Guid> RoleIdAsync(this Person admin, string name) => (await admin.Client.Access.ListRolesAsync(1000, stop: Stop)).Items.Single(role => role.Name == name).Id;

    public static async Task<DocumentView> MakeDocumentAsync(this Person author, string title, Guid? department = null, SensitivityLevel label = SensitivityLevel.Internal) =>
        (await author.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = title, DepartmentId = department, SensitivityLevel = label }, Stop)).Value;

    /// <summary>The titles that a person sees, and how many their list says there are.</summary>
    public static async Task<(string Titles, int? Total)> SeesAsync(this Person reader)
    {
        var page = await reader.Client.Documents.ListAsync(limit: 1000, stop: Stop);
        return (string.Join(' ', page.Items.Select(document => document.Title).Order(StringComparer.Ordinal)), page.Meta.Total);
    }

    public static async Task<bool> MayAsync(this Person asker, Person whom, string permission, string? type = null, Guid? id = null) =>
        (await asker.Client.Access.CheckAsync(new CheckRequest { UserId = whom.Id, Permission = permission, ResourceType = type, ResourceId = id }, Stop)).Allowed;
}
