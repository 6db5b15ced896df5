using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Tests.Core;

/// <summary>The roles as the contract words them.</summary>
public sealed class DefaultRolesTests
{
    [Theory]
    [InlineData("owner", SensitivityLevel.Restricted)]
    [InlineData("admin", SensitivityLevel.Restricted)]
    [InlineData("manager", SensitivityLevel.Restricted)]
    [InlineData("member", SensitivityLevel.Confidential)]
    [InlineData("viewer", SensitivityLevel.Internal)]
    [InlineData("auditor", SensitivityLevel.Public)]
    public void Each_role_has_its_clearance(string role, SensitivityLevel clearance) => Assert.Equal(clearance, DefaultRoles.All.Append(DefaultRoles.OwnerDefinition).Single(r => r.Name == role).MaxSensitivity);

    [Theory]
    [InlineData("owner", "admin")]
    [InlineData("admin", "manager")]
    [InlineData("manager", "member")]
    [InlineData("member", "viewer")]
    public void Each_role_has_all_that_the_one_below_has(string role, string below) =>
        Assert.True(DefaultRoles.AllowedBy(role).Covers(DefaultRoles.AllowedBy(below)));

    [Fact]
    public void Owners_and_admins_may_do_everything() => Assert.All(
        ["owner", "admin"], role => Assert.All(Contracts.Permissions.All, permission => Assert.True(DefaultRoles.AllowedBy(role).Allows(permission))));

    [Fact]
    public void A_viewer_changes_nothing() => Assert.All(
        Contracts.Permissions.All.Where(DefaultRoles.AllowedBy("viewer").Allows), permission => Assert.EndsWith(".read", permission, StringComparison.Ordinal));

    [Fact]
    public void An_auditor_reads_the_trail_and_metrics_and_changes_nothing()
    {
        var auditor = DefaultRoles.AllowedBy("auditor");

        Assert.True(auditor.Allows(Contracts.Permissions.AuditRead) && auditor.Allows(Contracts.Permissions.AuditExport) && auditor.Allows(Contracts.Permissions.MetricsRead));
        Assert.False(auditor.Allows(Contracts.Permissions.DocumentsRead) || auditor.Allows(Contracts.Permissions.ChatRead));
        Assert.All(Contracts.Permissions.All.Where(auditor.Allows), permission => Assert.True(permission.EndsWith(".read", StringComparison.Ordinal) || permission == Contracts.Permissions.AuditExport, permission));
    }

    [Fact]
    public void A_manager_does_not_administer()
    {
        var manager = DefaultRoles.AllowedBy("manager");

        Assert.All(
            [Contracts.Permissions.AdminFull, Contracts.Permissions.RolesManage, Contracts.Permissions.AuditManage, Contracts.Permissions.ApiKeysManage, Contracts.Permissions.WebhooksManage, Contracts.Permissions.BillingManage, Contracts.Permissions.SettingsManage],
            permission => Assert.False(manager.Allows(permission), permission));
    }

    [Theory]
    [InlineData("admin", true)]
    [InlineData("auditor", true)]
    [InlineData("owner", false)]
    [InlineData("Admin", false)]
    [InlineData("root", false)]
    [InlineData("", false)]
    public void Ownership_is_handed_over_and_not_given(string role, bool canBeGiven) => Assert.Equal(canBeGiven, DefaultRoles.CanBeGiven(role));
}
