using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Tests.Core;

public sealed class PermissionSetTests
{
    [Fact]
    public void Nothing_allows_nothing() => Assert.All(Contracts.Permissions.All, permission => Assert.False(PermissionSet.None.Allows(permission)));

    [Fact]
    public void Admin_full_allows_everything() => Assert.All(Contracts.Permissions.All, permission => Assert.True(PermissionSet.Everything.Allows(permission)));

    [Fact]
    public void A_name_allows_itself_alone()
    {
        var set = PermissionIndex.Shipped.SetOf([Contracts.Permissions.DocumentsRead]);

        Assert.Equal([Contracts.Permissions.DocumentsRead], Contracts.Permissions.All.Where(set.Allows));
    }

    [Fact]
    public void A_wildcard_allows_its_resource_and_no_other_that_begins_alike()
    {
        var set = PermissionIndex.Shipped.SetOf(["documents.*"]);

        Assert.Equal(Contracts.Permissions.All.Where(p => p.StartsWith("documents.", StringComparison.Ordinal)), Contracts.Permissions.All.Where(set.Allows));
        Assert.False(set.Allows("documents_archive.read"));
        Assert.False(PermissionIndex.Shipped.SetOf(["admin.*"]).Allows(Contracts.Permissions.DocumentsRead));
    }

    [Theory]
    [InlineData("admin.full", "documents.*", true)]
    [InlineData("documents.*", "documents.read", true)]
    [InlineData("documents.*", "documents.*", true)]
    [InlineData("documents.read", "documents.*", false)]
    [InlineData("documents.*", "chat.read", false)]
    [InlineData("documents.*", "admin.full", false)]
    public void One_set_covers_another_if_it_allows_all_of_it(string holder, string given, bool covers) =>
        Assert.Equal(covers, PermissionIndex.Shipped.SetOf([holder]).Covers(PermissionIndex.Shipped.SetOf([given])));
}
