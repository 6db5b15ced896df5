using CrossAudit.Client;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Features.Chat;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Access;

/// <summary>Two servers on one database: who may do what is the same on both, within a second.</summary>
public sealed class ChangesReachEveryNode(ServerSet servers)
{
    // The promise is a second; the rest is for a busy machine. A lost message would take the ten seconds that a graph is trusted.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revoked_role_a_changed_role_and_a_moved_department_hold_on_the_other_node()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        var member = await founder.AddMemberAsync("auditor");
        var there = member.On(other);
        var (research, sales) = (await founder.MakeDepartmentAsync("Research"), await founder.MakeDepartmentAsync("Sales"));
        await founder.MakeDocumentAsync("sales", sales.Id);
        var role = await founder.MakeRoleAsync("reader", ["documents.read"]);
        // How many documents they see there; null where they may see none at all.
        async Task<int?> SeenThereAsync()
        {
            try
            {
                return (await there.Documents.ListAsync(stop: Stop)).Meta.Total;
            }
            catch (CrossAuditException refused) when (refused.Problem.Code == ErrorCodes.PermissionDenied)
            {
                return null;
            }
        }
        async Task BecomesAsync(int? expected, string what) => await Eventually.HoldsAsync(async () => await SeenThereAsync() == expected, Soon, what);

        await founder.GrantAsync(member, role.Id, research.Id);
        await BecomesAsync(0, "The grant on the other node");
        await founder.Client.Access.Departments.UpdateAsync(sales.Id, new UpdateDepartmentRequest { ParentDepartmentId = research.Id }, stop: Stop);
        await BecomesAsync(1, "The move of the department on the other node");
        await founder.Client.Access.UpdateRoleAsync(role.Id, new UpdateRoleRequest { IsActive = false }, stop: Stop);
        await BecomesAsync(null, "The end of the role on the other node");
        await founder.Client.Access.UpdateRoleAsync(role.Id, new UpdateRoleRequest { IsActive = true }, stop: Stop);
        await BecomesAsync(1, "The role on the other node");
        await founder.Client.Access.RevokeAsync(member.Id, role.Id, stop: Stop);
        await BecomesAsync(null, "The end of the grant on the other node");
    }

    [Fact]
    public async Task A_socket_on_the_other_node_closes_when_its_last_right_to_listen_is_withdrawn()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        var member = await founder.AddMemberAsync("auditor");
        var role = await founder.MakeRoleAsync("listener", ["chat.read"]);
        await founder.GrantAsync(member, role.Id);
        using var socket = await RawSocket.OpenAsync(other, member, null);

        await founder.Client.Access.RevokeAsync(member.Id, role.Id, stop: Stop);

        Assert.Equal(ChatCloseCodes.NotAllowed, await socket.UntilClosedAsync());
    }
}
