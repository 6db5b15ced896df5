using System.Net;
using System.Net.Http.Headers;
using CrossAudit.Client;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Platform.Outages;

/// <summary>An engine goes away and comes back.</summary>
public sealed class EngineAwayTests(ServerSet servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_Redis_the_servers_start_and_work_and_when_it_is_back_they_hear_each_other()
    {
        await using var redis = await RedisEngine.StartAsync();
        await redis.StopAsync();
        var settings = await servers.FullShapeAsync();
        settings["REDIS_URL"] = redis.Url;
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);

        var person = await Person.FounderAsync(one);
        Assert.Equal("unhealthy", (await person.Client.Health.ReadyAsync(Stop)).Components!["cache"].Status);
        var document = await person.UploadTextAsync("A lighthouse needs no network.");
        Assert.Equal(DocumentStatus.Indexed, document.Status);

        await redis.ResumeAsync();
        var thread = (await person.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Back" }, Stop)).Value;
        await using var socket = await person.On(other).Chat.ConnectAsync(thread.Id, Stop);
        using var limit = new CancellationTokenSource(Patience);
        var heard = HearAsync(socket, limit.Token);
        while (!heard.IsCompleted)
        {
            await person.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "Do you hear me?" }, Stop);
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop));
        }
        Assert.Equal("Do you hear me?", (await heard).Content);
    }

    [Fact]
    public async Task A_sign_out_and_a_lost_role_that_other_nodes_could_not_hear_of_count_there_once_Redis_is_back()
    {
        await using var redis = await RedisEngine.StartAsync();
        var settings = await servers.FullShapeAsync();
        settings["REDIS_URL"] = redis.Url;
        // What a node remembers does not age here: only the news can end it.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings, services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(one);
        var (leaver, demoted) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("admin"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(other, leaver, "/api/auth/me"), await StatusAsync(other, demoted, "/api/audit/logs")));

        await redis.StopAsync();
        await leaver.Client.Auth.LogoutAsync(Stop);
        await founder.Client.Organizations.ChangeRoleAsync(founder.OrganizationId, demoted.Id, "viewer", Stop);
        await redis.ResumeAsync();

        await Eventually.HoldsAsync(async () => await StatusAsync(other, leaver, "/api/auth/me") == HttpStatusCode.Unauthorized, Patience, "The end of the session on the other node");
        await Eventually.HoldsAsync(async () => await StatusAsync(other, demoted, "/api/audit/logs") == HttpStatusCode.Forbidden, Patience, "The loss of the role on the other node");
    }

    [Fact]
    public async Task Without_PostgreSQL_requests_get_a_clear_503_and_when_it_is_back_they_succeed()
    {
        await using var postgres = await PostgresEngine.StartAsync();
        var settings = await servers.FullShapeAsync();
        settings["DATABASE_URL"] = await postgres.CreateDatabaseAsync("outage");
        await using var server = await RunningServer.StartAsync(settings);
        var person = await Person.FounderAsync(server);
        var document = await person.UploadTextAsync("What was acknowledged stays.");

        await postgres.StopAsync();
        var away = await person.SendAsync(HttpMethod.Get, $"/api/documents/{document.Id}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.NotNull(away.Headers.RetryAfter);
        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Lost?" }, Stop));
        Assert.Equal(ErrorCodes.ServerUnavailable, refused.Problem.Code);
        Assert.Equal(HttpStatusCode.OK, (await person.SendAsync(HttpMethod.Get, "/api/auth/me")).StatusCode);

        await postgres.ResumeAsync();
        using var limit = new CancellationTokenSource(Patience);
        HttpResponseMessage back;
        while ((back = await person.SendAsync(HttpMethod.Get, $"/api/documents/{document.Id}")).StatusCode == HttpStatusCode.ServiceUnavailable)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(1, (await person.Client.Documents.ListAsync(stop: Stop)).Meta.Total);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer node, Person person, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", person.Session.AccessToken) } };
        using var answer = await node.Http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static async Task<MessageView> HearAsync(ChatSocket socket, CancellationToken stop)
    {
        await foreach (var frame in socket.ReadAllAsync(stop))
            if (frame.Type == ChatFrameTypes.Message)
                return frame.As<MessageView>();
        throw new InvalidOperationException("The socket closed before a message came.");
    }
}
