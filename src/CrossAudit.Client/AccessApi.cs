using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;

namespace CrossAudit.Client;

/// <summary>Who may do what in the organization signed in to: roles, permissions, departments, grants, and the questions about them.</summary>
public sealed class AccessApi
{
    private const string Root = "api/rbac";

    private readonly Api _api;

    internal AccessApi(Api api)
    {
        _api = api;
        Departments = new DepartmentsApi(api);
    }

    /// <summary>Departments and who belongs to them.</summary>
    public DepartmentsApi Departments { get; }

    /// <summary>Lists the roles: those that every organization has, then its own by name.</summary>
    public Task<PageOf<RoleView>> ListRolesAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<RoleView>(new Query($"{Root}/roles").Page(limit, offset), stop);

    /// <summary>Makes a role.</summary>
    public Task<Tagged<RoleView>> CreateRoleAsync(CreateRoleRequest request, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<RoleView>(Call.Post($"{Root}/roles", request), stop);

    /// <summary>Reads a role.</summary>
    public Task<Tagged<RoleView>> GetRoleAsync(Guid id, CancellationToken stop = default) => _api.ReadTaggedAsync<RoleView>(Call.Get($"{Root}/roles/{id}"), stop);

    /// <summary>Changes a role; with <paramref name="ifMatch"/>, only if nobody else did since.</summary>
    public Task<Tagged<RoleView>> UpdateRoleAsync(Guid id, UpdateRoleRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<RoleView>(Call.Put($"{Root}/roles/{id}", request, ifMatch), stop);

    /// <summary>Removes a role that nobody has and nothing inherits from.</summary>
    public Task<Confirmation> DeleteRoleAsync(Guid id, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/roles/{id}", ifMatch), stop);

    /// <summary>Puts a permission into a role.</summary>
    public Task<RoleView> AddPermissionAsync(Guid roleId, Guid permissionId, CancellationToken stop = default) =>
        _api.ReadAsync<RoleView>(Call.Post($"{Root}/roles/{roleId}/permissions/{permissionId}"), stop);

    /// <summary>Takes a permission out of a role.</summary>
    public Task<RoleView> RemovePermissionAsync(Guid roleId, Guid permissionId, CancellationToken stop = default) =>
        _api.ReadAsync<RoleView>(Call.Delete($"{Root}/roles/{roleId}/permissions/{permissionId}"), stop);

    /// <summary>Lists the roles that can be copied, each in its newest issue.</summary>
    public Task<PageOf<RoleTemplateView>> ListTemplatesAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<RoleTemplateView>(new Query($"{Root}/templates").Page(limit, offset), stop);

    /// <summary>Makes a role as a copy of a template.</summary>
    public Task<Tagged<RoleView>> CopyTemplateAsync(CopyTemplateRequest request, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<RoleView>(Call.Post($"{Root}/roles/from-template", request), stop);

    /// <summary>Brings a copy to the newest issue of its template.</summary>
    public Task<Tagged<RoleView>> UpgradeRoleAsync(Guid id, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<RoleView>(Call.Post($"{Root}/roles/{id}/upgrade"), stop);

    /// <summary>Lists the permissions: the shipped ones, then the organization's own by name.</summary>
    public Task<PageOf<PermissionView>> ListPermissionsAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<PermissionView>(new Query($"{Root}/permissions").Page(limit, offset), stop);

    /// <summary>Adds a permission for what the organization governs elsewhere.</summary>
    public Task<PermissionView> CreatePermissionAsync(CreatePermissionRequest request, CancellationToken stop = default) =>
        _api.ReadAsync<PermissionView>(Call.Post($"{Root}/permissions", request), stop);

    /// <summary>Removes one of the organization's own permissions that no role holds.</summary>
    public Task<Confirmation> DeletePermissionAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/permissions/{id}"), stop);

    /// <summary>Grants a role to a member; again, to change when it ends.</summary>
    public Task<RoleHoldingView> GrantAsync(Guid userId, Guid roleId, GrantRoleRequest? request = null, CancellationToken stop = default) =>
        _api.ReadAsync<RoleHoldingView>(Call.Post($"{Root}/users/{userId}/roles/{roleId}", request ?? new GrantRoleRequest()), stop);

    /// <summary>Takes a granted role back.</summary>
    /// <param name="userId">Who has it.</param>
    /// <param name="roleId">The role.</param>
    /// <param name="departmentId">Only where it was granted for this department; all grants of the role where left out.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<Confirmation> RevokeAsync(Guid userId, Guid roleId, Guid? departmentId = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete(new Query($"{Root}/users/{userId}/roles/{roleId}").With("department_id", departmentId).ToString()), stop);

    /// <summary>Lists every role that a member has, however they came to it.</summary>
    public Task<PageOf<RoleHoldingView>> ListUserRolesAsync(Guid userId, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<RoleHoldingView>(new Query($"{Root}/users/{userId}/roles").Page(limit, offset), stop);

    /// <summary>Lists what a member may do, and through which role, ancestor and department each came to them.</summary>
    public Task<PageOf<EffectivePermissionView>> ListUserPermissionsAsync(Guid userId, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<EffectivePermissionView>(new Query($"{Root}/users/{userId}/permissions").Page(limit, offset), stop);

    /// <summary>Tells whether somebody may do something, and why.</summary>
    public async Task<CheckView> CheckAsync(CheckRequest question, CancellationToken stop = default) =>
        (await _api.ReadAsync<OneOrMany<CheckView>>(Call.Post($"{Root}/check", question), stop))[0];

    /// <summary>Answers up to 100 questions at once, in their order.</summary>
    public async Task<IReadOnlyList<CheckView>> CheckAsync(IReadOnlyList<CheckRequest> questions, CancellationToken stop = default) =>
        await _api.ReadAsync<OneOrMany<CheckView>>(Call.Post($"{Root}/check", questions), stop);

    /// <summary>Lists everybody who may do something, each with all that allows it.</summary>
    public Task<PageOf<HolderView>> WhoCanAsync(string permission, string? resourceType = null, Guid? resourceId = null, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<HolderView>(new Query($"{Root}/who-can").With("permission", permission).With("resource_type", resourceType).With("resource_id", resourceId).Page(limit, offset), stop);

    /// <summary>Lists who holds what, since when and by whom.</summary>
    public Task<PageOf<AccessReviewEntryView>> ReviewAsync(
        Guid? userId = null, Guid? roleId = null, Guid? departmentId = null, DateTimeOffset? expiresBefore = null, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<AccessReviewEntryView>(
            new Query($"{Root}/access-review").With("user_id", userId).With("role_id", roleId).With("department_id", departmentId).With("expires_before", expiresBefore).Page(limit, offset), stop);

    /// <summary>Exports who holds what as CSV.</summary>
    public async Task<string> ExportReviewAsync(CancellationToken stop = default)
    {
        using var answer = await _api.SendAsync(Call.Get($"{Root}/access-review/export"), stop);
        return await answer.Content.ReadAsStringAsync(stop);
    }
}
