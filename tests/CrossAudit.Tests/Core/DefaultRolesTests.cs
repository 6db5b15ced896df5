using CrossAudit.Contracts;
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
    public void Each_role_has_its_clearance(string role, SensitivityLevel clearance) => Assert.Equal(clearance, DefaultRoles.Named(role).Clearance);

    [Theory]
    [InlineData("owner", "admin")]
    [InlineData("admin", "manager")]
    [InlineData("manager", "member")]
    [InlineData("member", "viewer")]
    public void Each_role_has_all_that_the_one_below_has(string role, string below) =>
        Assert.True(DefaultRoles.Named(role).Permissions.Covers(DefaultRoles.Named(below).Permissions));

    [Fact]
    public void Owners_and_admins_may_do_everything() => Assert.All(
        ["owner", "admin"], role => Assert.All(Permissions.All, permission => Assert.True(DefaultRoles.Named(role).Permissions.Allows(permission))));

    [Fact]
    public void A_viewer_changes_nothing() => Assert.All(
        Permissions.All.Where(DefaultRoles.Named("viewer").Permissions.Allows), permission => Assert.EndsWith(".read", permission, StringComparison.Ordinal));

    [Fact]
    public void An_auditor_reads_the_trail_and_metrics_and_changes_nothing()
    {
        var auditor = DefaultRoles.Named("auditor").Permissions;

        Assert.True(auditor.Allows(Permissions.AuditRead) && auditor.Allows(Permissions.AuditExport) && auditor.Allows(Permissions.MetricsRead));
        Assert.False(auditor.Allows(Permissions.DocumentsRead) || auditor.Allows(Permissions.ChatRead));
        Assert.All(Permissions.All.Where(auditor.Allows), permission => Assert.True(permission.EndsWith(".read", StringComparison.Ordinal) || permission == Permissions.AuditExport, permission));
    }

    [Fact]
    public void A_manager_does_not_administer()
    {
        var manager = DefaultRoles.Named("manager").Permissions;

        Assert.All(
            [Permissions.AdminFull, Permissions.RolesManage, Permissions.AuditManage, Permissions.ApiKeysManage, Permissions.WebhooksManage, Permissions.BillingManage, Permissions.SettingsManage],
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
