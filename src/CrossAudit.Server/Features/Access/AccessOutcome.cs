using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Access;

/// <summary>How a change of roles, grants or departments ended.</summary>
/// <param name="Value">What came of it; nothing where it was refused.</param>
/// <param name="Refusal">What stood against it; null where it was made.</param>
internal readonly record struct AccessOutcome<T>(T Value, AccessRefusal? Refusal)
{
    public static implicit operator AccessOutcome<T>(T value) => new(value, null);

    public static implicit operator AccessOutcome<T>(AccessRefusal why) => new(default!, why);
}

/// <summary>What stands against a change of who may do what.</summary>
internal enum AccessRefusal
{
    RoleMissing,
    UserMissing,
    PermissionMissing,
    DepartmentMissing,
    HoldingMissing,

    /// <summary>It names a permission that the organization does not have.</summary>
    PermissionUnknown,

    /// <summary>It refers to a role that the organization does not have (any more).</summary>
    RoleUnknown,

    /// <summary>It refers to a department that the organization does not have (any more).</summary>
    DepartmentUnknown,

    /// <summary>The caller's <c>If-Match</c> names an older revision.</summary>
    Stale,

    /// <summary>Others changed who may do what at the same moment, or took from the caller what it takes.</summary>
    Lost,

    /// <summary>Nobody gives, or takes from others, what they do not hold.</summary>
    AboveOwn,

    OwnerLockedOut,
    RoleReadOnly,
    RoleNameTaken,
    RoleCycle,
    RoleInUse,
    RoleUpToDate,
    PermissionExists,
    PermissionInUse,
    DepartmentNameTaken,
    DepartmentCycle,
    DepartmentInUse,
}

/// <summary>Refusals as problems.</summary>
internal static class AccessProblems
{
    /// <param name="id">What the route names.</param>
    public static ProblemHttpResult Of(AccessRefusal why, Guid id) => why switch
    {
        AccessRefusal.RoleMissing => Problems.NotFound("role", id),
        AccessRefusal.UserMissing => Problems.NotFound("member", id),
        AccessRefusal.PermissionMissing => Problems.NotFound("permission", id),
        AccessRefusal.DepartmentMissing => Problems.NotFound("department", id),
        AccessRefusal.HoldingMissing => Problems.NotFound("grant of this role to member", id),
        AccessRefusal.PermissionUnknown => Problems.InvalidField("permissions", "They are permissions of the organization, resource.* or admin.full.", ErrorCodes.PermissionUnknown),
        AccessRefusal.RoleUnknown => Problems.Conflict(ErrorCodes.RoleUnknown, "The organization has no such role that could stand there."),
        AccessRefusal.DepartmentUnknown => Problems.Conflict(ErrorCodes.DepartmentUnknown, "The organization has no such department."),
        AccessRefusal.Stale => Problems.Stale("resource"),
        AccessRefusal.AboveOwn => Problems.Forbidden(ErrorCodes.RoleAboveOwn, "Nobody can give, or take from others, what they do not hold themselves."),
        AccessRefusal.OwnerLockedOut => Problems.Conflict(ErrorCodes.OwnerLockedOut, "It would deny an owner what it takes to put things right again: roles.manage and users.manage."),
        AccessRefusal.RoleReadOnly => Problems.Forbidden(ErrorCodes.RoleReadOnly, "The roles that every organization has cannot be changed. Copy one as a template."),
        AccessRefusal.RoleNameTaken => Problems.Conflict(ErrorCodes.RoleNameTaken, "Another role has this name."),
        AccessRefusal.RoleCycle => Problems.Conflict(ErrorCodes.RoleCycle, "The role would inherit from itself."),
        AccessRefusal.RoleInUse => Problems.Conflict(ErrorCodes.RoleInUse, "People have the role, other roles inherit from it, or departments give it. Take it from them first."),
        AccessRefusal.RoleUpToDate => Problems.Conflict(ErrorCodes.RoleUpToDate, "The role is no copy of a template, or has the template's newest issue."),
        AccessRefusal.PermissionExists => Problems.Conflict(ErrorCodes.PermissionExists, "There is a permission of this name."),
        AccessRefusal.PermissionInUse => Problems.Conflict(ErrorCodes.PermissionInUse, "The permission is shipped, or roles hold it."),
        AccessRefusal.DepartmentNameTaken => Problems.Conflict(ErrorCodes.DepartmentNameTaken, "Another department has this name."),
        AccessRefusal.DepartmentCycle => Problems.Conflict(ErrorCodes.DepartmentCycle, "The department would be part of itself."),
        AccessRefusal.DepartmentInUse => Problems.Conflict(ErrorCodes.DepartmentInUse, "Departments are below it, documents or threads belong to it (those in the bin included), or roles are granted for it."),
        _ => Problems.Conflict(ErrorCodes.Conflict, "Who may do what was changed at the same moment. Look again and retry."),
    };
}
