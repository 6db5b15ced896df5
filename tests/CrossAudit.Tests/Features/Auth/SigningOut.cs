using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Auth;

public sealed class SigningOut(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Both_tokens_end_at_once_and_other_sessions_go_on(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var elsewhere = server.NewClient();
        await elsewhere.Auth.LoginAsync(founder.Email, Person.Password, Stop);
        using var before = await founder.SendAsync(HttpMethod.Get, "api/auth/me");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using var left = await founder.SendAsync(HttpMethod.Post, "api/auth/logout");

        Assert.False(string.IsNullOrEmpty((await left.DataAsync()).GetProperty("message").GetString()));
        using var access = await founder.SendAsync(HttpMethod.Get, "api/auth/me");
        await access.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        using var refresh = await server.Http.PostAsync("api/auth/refresh", Answer.Json($$"""{"refresh_token":"{{founder.Session.RefreshToken}}"}"""), Stop);
        await refresh.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
        using var again = await founder.SendAsync(HttpMethod.Post, "api/auth/logout");
        await again.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        Assert.Equal(founder.Id, (await elsewhere.Auth.MeAsync(Stop)).Id);
        Assert.Equal(founder.Id, Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.LoggedOut)).ActorUserId);
        Assert.Empty(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RefreshReused));
    }
}
