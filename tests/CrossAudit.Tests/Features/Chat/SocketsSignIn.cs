using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Chat;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>How a socket is let in, and how it is told that it is not, or no longer.</summary>
public sealed class SocketsSignIn(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_token_comes_by_header_by_query_or_as_the_first_frame(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = await founder.OpenThreadAsync();
        var token = founder.Session.AccessToken;

        using var byHeader = await RawSocket.OpenAsync(server, thread.Id, bearer: token);
        await byHeader.ListensAsync();
        using var byQuery = await RawSocket.OpenAsync(server, thread.Id, $"?token={token}");
        await byQuery.ListensAsync();
        using var byFrame = await RawSocket.OpenAsync(server, null);
        await byFrame.SendAsync($$"""{"type":"auth","token":"{{token}}"}""");
        await byFrame.ListensAsync();
    }

    [Theory, EveryShape]
    public async Task A_bad_token_is_closed_with_4401_however_it_came(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = await founder.OpenThreadAsync();

        foreach (var bad in new[] { "nonsense", founder.Session.RefreshToken, founder.Session.AccessToken + "x" })
        {
            using var byHeader = await RawSocket.OpenAsync(server, thread.Id, bearer: bad);
            Assert.Equal(ChatCloseCodes.NotSignedIn, await byHeader.UntilClosedAsync());
            using var byQuery = await RawSocket.OpenAsync(server, null, $"?token={bad}");
            Assert.Equal(ChatCloseCodes.NotSignedIn, await byQuery.UntilClosedAsync());
        }
        foreach (var frame in new[] { """{"type":"auth","token":"nonsense"}""", """{"type":"auth"}""", """{"type":"ping"}""", "no JSON" })
        {
            using var byFrame = await RawSocket.OpenAsync(server, thread.Id);
            await byFrame.SendAsync(frame);
            Assert.Equal(ChatCloseCodes.NotSignedIn, await byFrame.UntilClosedAsync());
        }
        using var unknown = await RawSocket.OpenAsync(server, Guid.CreateVersion7(), bearer: founder.Session.AccessToken);
        Assert.Equal(ChatCloseCodes.NoSuchThread, await unknown.UntilClosedAsync());
        var auditor = await founder.AddMemberAsync("auditor");
        using var notAllowed = await RawSocket.OpenAsync(server, null, bearer: auditor.Session.AccessToken);
        Assert.Equal(ChatCloseCodes.NotAllowed, await notAllowed.UntilClosedAsync());
    }

    [Theory, EveryShape]
    public async Task Withdrawn_access_closes_with_4403(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        await AssertClosedAsync(_ => Task.CompletedTask, (other, _) => founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, other.Id, Stop));
        await AssertClosedAsync(_ => Task.CompletedTask, (other, _) => other.Client.Auth.LogoutAsync(Stop));
        await AssertClosedAsync(_ => Task.CompletedTask, (_, thread) => founder.Client.Chat.UpdateThreadAsync(thread, new UpdateThreadRequest { IsPrivate = true }, stop: Stop));
        await AssertClosedAsync(_ => Task.CompletedTask, (_, thread) => founder.Client.Chat.DeleteThreadAsync(thread, stop: Stop));
        await AssertClosedAsync(
            async joining =>
            {
                await founder.Client.Chat.AddParticipantAsync(joining.Thread, joining.Other.Id, Stop);
                await founder.Client.Chat.UpdateThreadAsync(joining.Thread, new UpdateThreadRequest { IsPrivate = true }, stop: Stop);
            },
            (other, thread) => founder.Client.Chat.RemoveParticipantAsync(thread, other.Id, Stop));

        async Task AssertClosedAsync(Func<(Person Other, Guid Thread), Task> prepare, Func<Person, Guid, Task> withdraw)
        {
            var (other, thread) = (await founder.AddMemberAsync("member"), await founder.OpenThreadAsync());
            await prepare((other, thread.Id));
            using var socket = await RawSocket.OpenAsync(server, other, thread.Id);
            await withdraw(other, thread.Id);
            Assert.Equal(ChatCloseCodes.NotAllowed, await socket.UntilClosedAsync());
        }
    }

    [Theory, EveryShape]
    public async Task Time_closes_a_silent_socket_with_4408_and_an_expired_one_with_4403_unless_renewed(Shape shape)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(server);
        using var silent = await RawSocket.OpenAsync(server, null);
        using var expiring = await RawSocket.OpenAsync(server, founder, null);
        using var renewed = await RawSocket.OpenAsync(server, founder, null);

        var silentClosed = silent.UntilClosedAsync();
        await AdvanceUntilAsync(silentClosed, TimeSpan.FromSeconds(6));
        Assert.Equal(ChatCloseCodes.NoFirstFrame, await silentClosed);

        clock.Advance(TimeSpan.FromMinutes(25));
        var session = await founder.Client.Auth.LoginAsync(new LoginRequest { Email = founder.Email, Password = Person.Password }, Stop);
        await renewed.SendAsync($$"""{"type":"auth","token":"{{session.AccessToken}}"}""");
        await renewed.ListensAsync();
        await expiring.ListensAsync();
        var expired = expiring.UntilClosedAsync();
        await AdvanceUntilAsync(expired, TimeSpan.FromMinutes(6));
        Assert.Equal(ChatCloseCodes.NotAllowed, await expired);
        await renewed.ListensAsync();

        async Task AdvanceUntilAsync(Task closed, TimeSpan step)
        {
            // The server may not have set its timer yet; a few steps more do no harm.
            for (var tries = 0; tries < 3 && !closed.IsCompleted; tries++)
            {
                clock.Advance(step);
                await Task.WhenAny(closed, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Stop));
            }
        }
    }
}
