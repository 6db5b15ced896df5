using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using static CrossAudit.Contracts.Permissions;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>A check leaves nothing for the garbage collector, however many are made.</summary>
public sealed class ChecksAllocateNothing
{
    private const int Times = 10_000;

    private static readonly Guid Near = CompiledCase.IdOf("near");
    private static readonly Guid Below = CompiledCase.IdOf("below");
    private static readonly Guid Unknown = CompiledCase.IdOf("unknown");

    [Fact]
    public void Of_somebody_with_the_same_roles_everywhere() => AssertAllocatesNothing(AccessOf([]));

    [Fact]
    public void Of_somebody_with_other_roles_in_departments() => AssertAllocatesNothing(AccessOf([
        new CaseGrant("ann", "editor", "near", null), new CaseGrant("ann", "denied", "below", null), new CaseGrant("ann", "auditor", null, 5)]));

    [Fact]
    public void Of_somebody_whose_access_the_graph_has_at_hand()
    {
        var (graph, user, now) = (GraphOf([new CaseGrant("ann", "editor", "near", 5)]), CompiledCase.IdOf("ann"), CompiledCase.TimeOf(1));

        Assert.Equal(0, AllocatedBy(() => graph.AccessOf(user, now).Allows(DocumentsWrite, Near)));
    }

    private static void AssertAllocatesNothing(UserAccess access)
    {
        // The premise: there is something to decide.
        Assert.True(access.Allows(DocumentsRead) && !access.Allows(AdminFull));
        Assert.Equal(0, AllocatedBy(() => access.Allows(DocumentsRead)));
        Assert.Equal(0, AllocatedBy(() => access.Allows("there.is_none")));
        Assert.Equal(0, AllocatedBy(() => access.AllowsSomewhere(DocumentsWrite)));
        foreach (Guid? department in (Guid?[])[null, Near, Below, Unknown])
        {
            Assert.Equal(0, AllocatedBy(() => access.Allows(DocumentsWrite, department)));
            Assert.Equal(0, AllocatedBy(() => access.ClearanceIn(department) > SensitivityLevel.Public));
        }
    }

    private static long AllocatedBy(Func<bool> check)
    {
        // Once, so that nothing is made for the first time while it counts.
        check();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
            check();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static UserAccess AccessOf(IReadOnlyList<CaseGrant> grants) => GraphOf(grants).AccessOf(CompiledCase.IdOf("ann"), CompiledCase.TimeOf(0));

    private static AccessGraph GraphOf(IReadOnlyList<CaseGrant> grants) => CompiledCase.Of(new AccessCase
    {
        Roles =
        [
            new CaseRole("editor", "viewer", true, SensitivityLevel.Restricted, ["documents.*"], []),
            new CaseRole("denied", null, true, SensitivityLevel.Public, [], ["documents.write"]),
        ],
        Departments = [new CaseDepartment("near", null, null), new CaseDepartment("below", "near", null), new CaseDepartment("far", null, null)],
        Memberships = [new CaseMembership("ann", "viewer")],
        Grants = grants,
        Questions = [],
    });
}
