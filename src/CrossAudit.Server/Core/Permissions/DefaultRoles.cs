using System.Collections.Frozen;
using CrossAudit.Contracts.Documents;
using static CrossAudit.Contracts.Permissions;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>A role: what it allows, its parent's permissions included, and the highest label it may see.</summary>
internal sealed record Role(string Name, PermissionSet Permissions, SensitivityLevel Clearance);

/// <summary>The roles that every organization starts with.</summary>
internal static class DefaultRoles
{
    /// <summary>An admin who cannot be removed while the last one.</summary>
    public const string Owner = "owner";

    public const string Admin = "admin";
    public const string Manager = "manager";
    public const string Member = "member";
    public const string Viewer = "viewer";
    public const string Auditor = "auditor";

    private static readonly string[] ViewerMay = [DocumentsRead, ChatRead, UsersRead];

    private static readonly string[] MemberMay = [.. ViewerMay, DocumentsWrite, ChatWrite, MetricsRead, MetricsWrite];

    private static readonly string[] ManagerMay =
        [.. MemberMay, DocumentsDelete, DocumentsReclassify, DocumentsHold, ChatModerate, UsersManage, RolesRead, SettingsRead, BillingRead, AuditRead];

    private static readonly string[] AuditorMay = [AuditRead, AuditExport, MetricsRead, UsersRead, RolesRead];

    private static readonly FrozenDictionary<string, Role> Roles = new Role[]
    {
        new(Owner, PermissionSet.Everything, SensitivityLevel.Restricted),
        new(Admin, PermissionSet.Everything, SensitivityLevel.Restricted),
        new(Manager, new PermissionSet(ManagerMay), SensitivityLevel.Restricted),
        new(Member, new PermissionSet(MemberMay), SensitivityLevel.Confidential),
        new(Viewer, new PermissionSet(ViewerMay), SensitivityLevel.Internal),
        new(Auditor, new PermissionSet(AuditorMay), SensitivityLevel.Public),
    }.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal);

    public static Role Named(string name) => Roles[name];

    public static bool Exists(string name) => Roles.ContainsKey(name);

    /// <summary>Whether a role of this name can be given to a member; <c>owner</c> cannot, it is handed over.</summary>
    public static bool CanBeGiven(string name) => name != Owner && Roles.ContainsKey(name);
}
