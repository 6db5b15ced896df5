using CrossAudit.Client;
using CrossAudit.Contracts.Chat;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>Who is there, and who comes and goes.</summary>
public sealed class PresenceIsTold(ServerSet servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Who_opens_a_socket_is_there_until_a_moment_after_the_last_is_closed(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        await ComeAndGoAsync(server, server);
    }

    [Fact]
    public async Task Nodes_that_share_Redis_know_of_each_others_people()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var two = await RunningServer.StartAsync(settings);
        await ComeAndGoAsync(one, two);
    }

    private static async Task ComeAndGoAsync(RunningServer one, RunningServer two)
    {
        var founder = await Person.FounderAsync(one);
        var (member, stranger) = (await founder.AddMemberAsync("member"), await Person.FounderAsync(one));
        using var watching = await RawSocket.OpenAsync(two, founder, null);
        watching.HearsPresence = true;
        async Task<PresenceChange> UntilAsync(Func<PresenceChange, bool> wanted) =>
            (await watching.UntilAsync(f => f.Type == ChatFrameTypes.Presence && wanted(f.As<PresenceChange>())))[^1].As<PresenceChange>();
        async Task<bool> IsThereAsync(Person person) => (await founder.On(two).Chat.ListPresenceAsync(stop: Stop)).Items.Any(p => p.UserId == person.Id);

        using (await RawSocket.OpenAsync(one, member, null))
        using (await RawSocket.OpenAsync(one, stranger, null))
        {
            await UntilAsync(change => change.Online.Contains(member.Id));
            await Eventually.HoldsAsync(() => IsThereAsync(member), Patience, "The member's presence");
            Assert.False(await IsThereAsync(stranger));
        }

        await UntilAsync(change => change.Offline.Contains(member.Id));
        await Eventually.HoldsAsync(async () => !await IsThereAsync(member), Patience, "The member's absence");
        Assert.True(await IsThereAsync(founder));
    }
}
