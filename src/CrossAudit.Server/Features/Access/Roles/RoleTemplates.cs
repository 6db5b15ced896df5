using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using static CrossAudit.Contracts.Permissions;

namespace CrossAudit.Server.Features.Access.Roles;

/// <summary>Roles to copy. All issues of a template are kept: an upgrade has to know what a copy began as, to tell what its organization changed.</summary>
/// <param name="issues">Of each template from the first, in the order of <see cref="RoleTemplateView.Version"/>.</param>
internal sealed class RoleTemplates(IReadOnlyList<RoleTemplateView> issues)
{
    public static RoleTemplates Shipped { get; } = new(
    [
        // The default roles as they stand, flattened: a copy does not change when they do.
        .. DefaultRoles.All.Reverse().Select(role => Issue(role.Name, role.DisplayName, role.Description, role.MaxSensitivity, [.. DefaultRoles.EntriesOf(role)])),
        Issue("compliance_officer", "Compliance officer", "Oversees: reads everything, labels and holds documents, reads and exports the trail.", SensitivityLevel.Restricted,
            DocumentsRead, DocumentsReclassify, DocumentsHold, ChatRead, UsersRead, RolesRead, AuditRead, AuditExport, MetricsRead, SettingsRead),
        Issue("data_steward", "Data steward", "Looks after documents: writes, labels and removes them.", SensitivityLevel.Restricted, "documents.*", ChatRead, ChatWrite, UsersRead, MetricsRead),
        Issue("ai_reviewer", "AI reviewer", "Reviews AI systems: reads and writes what belongs to a review, talks about it, and watches the metrics.", SensitivityLevel.Confidential,
            DocumentsRead, DocumentsWrite, ChatRead, ChatWrite, UsersRead, AuditRead, MetricsRead, MetricsWrite),
    ]);

    /// <summary>The newest issue of each.</summary>
    public IReadOnlyList<RoleTemplateView> Newest { get; } = [.. issues.GroupBy(issue => issue.Name).Select(template => template.MaxBy(issue => issue.Version)!)];

    public RoleTemplateView? Find(string name) => Newest.FirstOrDefault(template => template.Name == name);

    public RoleTemplateView? Find(string name, int version) => issues.FirstOrDefault(issue => issue.Name == name && issue.Version == version);

    private static RoleTemplateView Issue(string name, string displayName, string description, SensitivityLevel maxSensitivity, params string[] permissions) => new()
    {
        Name = name,
        DisplayName = displayName,
        Description = description,
        Version = 1,
        MaxSensitivity = maxSensitivity,
        Permissions = permissions,
        DeniedPermissions = [],
    };
}
