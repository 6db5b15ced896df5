using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Server.Features.Access.Questions;

/// <summary>Lists what somebody holds, permission by permission, and how each came to them.</summary>
internal static class EffectivePermissions
{
    public static List<EffectivePermissionView> Of(AccessGraph graph, Guid userId, DateTimeOffset now)
    {
        var counting = graph.GrantsOf(userId).Where(grant => grant.IsActive(now)).ToList();
        return [.. graph.Permissions.Names.SelectMany(permission => Ways(counting, permission, graph.Permissions.NumberOf(permission)))];
    }

    private static IEnumerable<EffectivePermissionView> Ways(List<GraphGrant> counting, string permission, int number)
    {
        var denying = counting.FindAll(grant => grant.Role.Denies.Has(number));
        foreach (var reason in AccessReason.Allowing(counting, permission))
        {
            var grant = reason.Grant!;
            // Denied around it, nothing of it is left; denied within, it is held but for there.
            if (denying.Exists(denial => denial.Span.Holds(grant.Span.First) && grant.Span.Last <= denial.Span.Last))
                continue;
            yield return new EffectivePermissionView
            {
                Permission = permission,
                RoleId = grant.Role.Id,
                Role = grant.Role.Name,
                AncestorRoleId = reason.Ancestor?.Id,
                AncestorRole = reason.Ancestor?.Name,
                Entry = reason.Entry!,
                Source = grant.Source,
                DepartmentId = grant.DepartmentId,
                DeniedInDepartments = [.. denying.Where(denial => grant.Span.Holds(denial.Span.First)).Select(denial => denial.DepartmentId!.Value).Distinct()],
                ExpiresAt = grant.ExpiresAt,
            };
        }
    }
}
