using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;

namespace CrossAudit.Client;

/// <summary>Departments and who belongs to them.</summary>
public sealed class DepartmentsApi
{
    private const string Root = "api/rbac/departments";

    private readonly Api _api;

    internal DepartmentsApi(Api api) => _api = api;

    /// <summary>Lists the departments by name.</summary>
    public Task<PageOf<DepartmentView>> ListAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<DepartmentView>(new Query(Root).Page(limit, offset), stop);

    /// <summary>Shows the departments as a tree.</summary>
    public Task<IReadOnlyList<DepartmentTreeView>> TreeAsync(CancellationToken stop = default) => _api.ReadAsync<IReadOnlyList<DepartmentTreeView>>(Call.Get($"{Root}/tree"), stop);

    /// <summary>Makes a department.</summary>
    public Task<Tagged<DepartmentView>> CreateAsync(CreateDepartmentRequest request, CancellationToken stop = default) => _api.ReadTaggedAsync<DepartmentView>(Call.Post(Root, request), stop);

    /// <summary>Reads a department.</summary>
    public Task<Tagged<DepartmentView>> GetAsync(Guid id, CancellationToken stop = default) => _api.ReadTaggedAsync<DepartmentView>(Call.Get($"{Root}/{id}"), stop);

    /// <summary>Changes or moves a department; with <paramref name="ifMatch"/>, only if nobody else did since.</summary>
    public Task<Tagged<DepartmentView>> UpdateAsync(Guid id, UpdateDepartmentRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<DepartmentView>(Call.Put($"{Root}/{id}", request, ifMatch), stop);

    /// <summary>Removes a department that nothing belongs to.</summary>
    public Task<Confirmation> DeleteAsync(Guid id, string? ifMatch = null, CancellationToken stop = default) => _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/{id}", ifMatch), stop);

    /// <summary>Lists who belongs to a department, in the order in which they came.</summary>
    public Task<PageOf<DepartmentMemberView>> ListMembersAsync(Guid id, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<DepartmentMemberView>(new Query($"{Root}/{id}/members").Page(limit, offset), stop);

    /// <summary>Puts a member into a department.</summary>
    public Task<DepartmentMemberView> AddMemberAsync(Guid id, Guid userId, CancellationToken stop = default) => _api.ReadAsync<DepartmentMemberView>(Call.Post($"{Root}/{id}/members/{userId}"), stop);

    /// <summary>Takes a member out of a department.</summary>
    public Task<Confirmation> RemoveMemberAsync(Guid id, Guid userId, CancellationToken stop = default) => _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/{id}/members/{userId}"), stop);
}
