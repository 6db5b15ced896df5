using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Server.Features.Access.Questions;

/// <summary>How reasons are shown.</summary>
internal static class ReasonViews
{
    public static IReadOnlyList<AccessReasonView> ToViews(this IEnumerable<AccessReason> reasons) => [.. reasons.Select(ToView)];

    private static AccessReasonView ToView(AccessReason reason) => new()
    {
        Effect = reason.Effect,
        Detail = reason.Detail,
        Entry = reason.Entry,
        RoleId = reason.Grant?.Role.Id,
        Role = reason.Grant?.Role.Name,
        AncestorRoleId = reason.Ancestor?.Id,
        AncestorRole = reason.Ancestor?.Name,
        Source = reason.Grant?.Source,
        DepartmentId = reason.Grant?.DepartmentId,
        ExpiresAt = reason.Grant?.ExpiresAt,
    };
}
