using System.Collections.Frozen;
using CrossAudit.Contracts.Documents;
using static CrossAudit.Contracts.Permissions;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>What a role says of itself, without its ancestors.</summary>
/// <param name="Parent">Name of the role it inherits from.</param>
internal sealed record RoleDefinition(string Name, string DisplayName, string Description, string? Parent, IReadOnlyList<string> Permissions, SensitivityLevel MaxSensitivity)
{
    public IReadOnlyList<string> Denied { get; init; } = [];
}

/// <summary>
/// The roles that every organization starts with. They are read-only and stand in no table: their ids follow from the organization's, so a role that a
/// later release adds or corrects is there at once.
/// </summary>
internal static class DefaultRoles
{
    /// <summary>An admin who cannot be removed while the last one.</summary>
    public const string Owner = "owner";

    public const string Admin = "admin";
    public const string Manager = "manager";
    public const string Member = "member";
    public const string Viewer = "viewer";
    public const string Auditor = "auditor";

    /// <summary>Parents first.</summary>
    public static IReadOnlyList<RoleDefinition> All { get; } =
    [
        new(Viewer, "Viewer", "Reads what is internal.", null, [DocumentsRead, ChatRead, UsersRead], SensitivityLevel.Internal),
        new(Member, "Member", "Works on documents and takes part in threads.", Viewer, [DocumentsWrite, ChatWrite, MetricsRead, MetricsWrite], SensitivityLevel.Confidential),
        new(Manager, "Manager", "Runs a team: its members, its documents' labels and holds.", Member,
            [DocumentsDelete, DocumentsReclassify, DocumentsHold, ChatModerate, UsersManage, RolesRead, SettingsRead, BillingRead, AuditRead], SensitivityLevel.Restricted),
        new(Admin, "Administrator", "May do everything.", Manager, [AdminFull], SensitivityLevel.Restricted),
        new(Auditor, "Auditor", "Reads the audit trail and metrics, and changes nothing.", null, [AuditRead, AuditExport, MetricsRead, UsersRead, RolesRead], SensitivityLevel.Public),
    ];

    /// <summary>What the membership of an owner carries: an admin's rights.</summary>
    public static RoleDefinition OwnerDefinition { get; } = new(Owner, "Owner", "An administrator who stays while the last one.", Admin, [], SensitivityLevel.Restricted);

    private static readonly FrozenDictionary<string, PermissionSet> Allowed =
        All.Append(OwnerDefinition).ToFrozenDictionary(role => role.Name, role => PermissionIndex.Shipped.SetOf(Chain(role).SelectMany(one => one.Permissions)), StringComparer.Ordinal);

    /// <summary>All that a default role allows, its ancestors' permissions included.</summary>
    public static PermissionSet AllowedBy(string name) => Allowed[name];

    public static bool Exists(string name) => Allowed.ContainsKey(name);

    /// <summary>Whether a role of this name can be given to a member; <c>owner</c> cannot, it is handed over.</summary>
    public static bool CanBeGiven(string name) => name != Owner && Allowed.ContainsKey(name);

    /// <summary>The id of a default role in an organization.</summary>
    public static Guid IdOf(Guid organizationId, string name) => DerivedId.Of(organizationId, "role", name);

    /// <summary>What a default role and its ancestors list, without what another entry covers anyway.</summary>
    public static IEnumerable<string> EntriesOf(RoleDefinition role)
    {
        var entries = Chain(role).SelectMany(one => one.Permissions).Distinct(StringComparer.Ordinal).ToList();
        return entries.Where(entry => !entries.Exists(other => other != entry && PermissionIndex.Covers(other, entry)));
    }

    private static IEnumerable<RoleDefinition> Chain(RoleDefinition role)
    {
        for (var one = role; one is not null; one = one.Parent is { } parent ? All.First(other => other.Name == parent) : null)
            yield return one;
    }
}
