using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Access.Departments;

/// <summary>Departments and who belongs to them.</summary>
internal static class DepartmentsModule
{
    public static void MapDepartments(this RouteGroupBuilder access)
    {
        access.MapGet("/departments", ListDepartments).RequirePermission(Permissions.UsersRead);
        access.MapPost("/departments", CreateDepartment).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.DepartmentNameTaken, ErrorCodes.DepartmentUnknown, ErrorCodes.DepartmentCycle, ErrorCodes.RoleUnknown, ErrorCodes.Conflict);
        access.MapGet("/departments/tree", GetTree).RequirePermission(Permissions.UsersRead);
        access.MapGet("/departments/{id:guid}", GetDepartment).RequirePermission(Permissions.UsersRead);
        access.MapPut("/departments/{id:guid}", UpdateDepartment).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.DepartmentNameTaken, ErrorCodes.DepartmentUnknown, ErrorCodes.DepartmentCycle, ErrorCodes.RoleUnknown, ErrorCodes.Conflict);
        access.MapDelete("/departments/{id:guid}", DeleteDepartment).RequirePermission(Permissions.RolesManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.DepartmentInUse, ErrorCodes.Conflict);
        access.MapGet("/departments/{id:guid}/members", ListDepartmentMembers).RequirePermission(Permissions.UsersRead);
        access.MapPost("/departments/{id:guid}/members/{userId:guid}", AddDepartmentMember).RequirePermission(Permissions.UsersManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.OwnerLockedOut, ErrorCodes.Conflict);
        access.MapDelete("/departments/{id:guid}/members/{userId:guid}", RemoveDepartmentMember).RequirePermission(Permissions.UsersManage)
            .Refuses(403, ErrorCodes.RoleAboveOwn).Refuses(409, ErrorCodes.Conflict);
    }

    /// <summary>Lists the departments by name.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<DepartmentView>>>> ListDepartments(
        HttpContext http, DepartmentCatalogue departments, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return (await departments.ListAsync(page, stop)).Answer(http, page);
    }

    /// <summary>Makes a department.</summary>
    internal static async Task<Results<CreatedEntityResult<DepartmentView>, ProblemHttpResult>> CreateDepartment(
        CreateDepartmentRequest request, DepartmentEditor editor, DepartmentCatalogue departments, CancellationToken stop) =>
        await editor.CreateAsync(request, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, Guid.Empty),
            { Value: var id } => await departments.FindAsync(id, stop) is { } made ? made.CreatedAt($"/api/rbac/departments/{id}") : Problems.NotFound("department", id),
        };

    /// <summary>Shows the departments as a tree.</summary>
    internal static async Task<Ok<Envelope<IReadOnlyList<DepartmentTreeView>>>> GetTree(DepartmentCatalogue departments, CancellationToken stop) =>
        TypedResults.Ok(Envelope.Of(await departments.TreeAsync(stop)));

    /// <summary>Reads a department.</summary>
    internal static async Task<Results<EntityResult<DepartmentView>, ProblemHttpResult>> GetDepartment(Guid id, DepartmentCatalogue departments, CancellationToken stop) =>
        await departments.FindAsync(id, stop) is { } department ? department.Answer() : Problems.NotFound("department", id);

    /// <summary>Changes a department, or moves it with all below it: absent fields are left alone.</summary>
    /// <remarks>Moved, it comes at once under the roles that are granted for the departments above it.</remarks>
    internal static async Task<Results<EntityResult<DepartmentView>, ProblemHttpResult>> UpdateDepartment(
        Guid id, UpdateDepartmentRequest request, IfMatch ifMatch, DepartmentEditor editor, DepartmentCatalogue departments, CancellationToken stop) =>
        await editor.UpdateAsync(id, request, ifMatch, stop) is { Refusal: { } why }
            ? AccessProblems.Of(why, id)
            : await departments.FindAsync(id, stop) is { } changed ? changed.Answer() : Problems.NotFound("department", id);

    /// <summary>Removes a department that nothing belongs to.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> DeleteDepartment(Guid id, IfMatch ifMatch, DepartmentEditor editor, CancellationToken stop) =>
        await editor.DeleteAsync(id, ifMatch, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, id),
            { Value: var done } => TypedResults.Ok(Envelope.Of(done)),
        };

    /// <summary>Lists who belongs to a department, in the order in which they came.</summary>
    internal static async Task<Results<Ok<Envelope<IReadOnlyList<DepartmentMemberView>>>, ProblemHttpResult>> ListDepartmentMembers(
        Guid id, HttpContext http, DepartmentMembers members, CancellationToken stop, [Range(1, 1000)] int limit = 50, [Range(0, int.MaxValue)] int offset = 0)
    {
        var page = new PageRequest(limit, offset);
        return await members.ListAsync(id, page, stop) is { } found ? found.Answer(http, page) : Problems.NotFound("department", id);
    }

    /// <summary>Puts a member into a department. Where it has a default role, they have that role in it.</summary>
    internal static async Task<Results<Ok<Envelope<DepartmentMemberView>>, ProblemHttpResult>> AddDepartmentMember(Guid id, Guid userId, DepartmentMembers members, CancellationToken stop) =>
        await members.AddAsync(id, userId, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, why == AccessRefusal.UserMissing ? userId : id),
            { Value: var member } => TypedResults.Ok(Envelope.Of(member)),
        };

    /// <summary>Takes a member out of a department.</summary>
    internal static async Task<Results<Ok<Envelope<Confirmation>>, ProblemHttpResult>> RemoveDepartmentMember(Guid id, Guid userId, DepartmentMembers members, CancellationToken stop) =>
        await members.RemoveAsync(id, userId, stop) switch
        {
            { Refusal: { } why } => AccessProblems.Of(why, why == AccessRefusal.UserMissing ? userId : id),
            { Value: var done } => TypedResults.Ok(Envelope.Of(done)),
        };
}
