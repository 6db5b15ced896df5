using CrossAudit.Contracts;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Tests.Core;

public sealed class PermissionSetTests
{
    [Fact]
    public void Nothing_allows_nothing() => Assert.All(Permissions.All, permission => Assert.False(PermissionSet.None.Allows(permission)));

    [Fact]
    public void Admin_full_allows_everything() => Assert.All(Permissions.All, permission => Assert.True(PermissionSet.Everything.Allows(permission)));

    [Fact]
    public void A_name_allows_itself_alone()
    {
        var set = PermissionIndex.Shipped.SetOf([Permissions.DocumentsRead]);

        Assert.Equal([Permissions.DocumentsRead], Permissions.All.Where(set.Allows));
    }

    [Fact]
    public void A_wildcard_allows_its_resource_and_no_other_that_begins_alike()
    {
        var set = PermissionIndex.Shipped.SetOf(["documents.*"]);

        Assert.Equal(Permissions.All.Where(p => p.StartsWith("documents.", StringComparison.Ordinal)), Permissions.All.Where(set.Allows));
        Assert.False(set.Allows("documents_archive.read"));
        Assert.False(PermissionIndex.Shipped.SetOf(["admin.*"]).Allows(Permissions.DocumentsRead));
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
