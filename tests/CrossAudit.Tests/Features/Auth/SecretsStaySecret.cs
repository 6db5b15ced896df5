using System.Net;
using System.Text.Json;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CrossAudit.Tests.Features.Auth;

public sealed class SecretsStaySecret(ServerSet servers)
{
    private const string WrongPassword = "the wrong password, but perhaps another account's";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task No_password_token_or_hash_enters_the_trail_or_the_log(Shape shape)
    {
        using var log = new CollectedLog();
        // The collected log alone: a failure then shows the line that leaked, not a console of thousands.
        await using var server = await servers.StartAsync(
            shape, new Dictionary<string, string?> { ["DEBUG"] = "true" }, services => services.RemoveAll<ILoggerProvider>().AddSingleton<ILoggerProvider>(log));
        var founder = await Person.FounderAsync(server);
        var (first, client) = (founder.Session, founder.Client);
        var signedIn = await client.Auth.LoginAsync(founder.Email, Person.Password, Stop);
        var renewed = await client.Auth.RefreshAsync(Stop);
        using var failed = await server.Http.PostAsync("api/auth/login", Answer.Json($$"""{"email":"{{founder.Email}}","password":"{{WrongPassword}}"}"""), Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        await client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = Person.NewEmail(), Role = "member" }, Stop);
        var invitation = await Mailbox.InvitationTokenAsync(server, (await client.Organizations.ListInvitationsAsync(founder.OrganizationId, stop: Stop)).Items[0].Email);
        await client.Auth.LogoutAsync(Stop);

        var user = Assert.Single(await Stored.AllAsync<User>(server));
        var secrets = new List<string> { Person.Password, WrongPassword, user.PasswordHash!, user.SecurityStamp!, invitation };
        foreach (var session in new[] { first, signedIn, renewed })
            secrets.AddRange([session.AccessToken, session.AccessToken.Split('.')[2], session.RefreshToken]);
        var trail = (await Stored.AllAsync<AuditEvent>(server)).ConvertAll(e => $"{e.Entry} {e.Changes?.ToJsonString()} {e.Metadata?.ToJsonString()} {e.ActorLabel} {e.ResourceId}");

        Assert.True(trail.Count >= 6 && log.Lines.Count > 0, "There was nothing to look at.");
        AssertNoLeak(secrets, trail);
        AssertNoLeak(secrets, log.Lines);
    }

    [Theory, EveryShape]
    public async Task Passwords_are_kept_as_argon2id_and_tokens_not_at_all(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (ada, grace) = (await Person.FounderAsync(server), await Person.FounderAsync(server));

        var users = (await Stored.AllAsync<User>(server)).Where(user => user.Id == ada.Id || user.Id == grace.Id).ToList();
        var sessions = await Stored.AllAsync<Session>(server);

        Assert.All(users, user => Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", user.PasswordHash!));
        Assert.NotEqual(users[0].PasswordHash, users[1].PasswordHash);
        var kept = JsonSerializer.Serialize(sessions);
        Assert.Contains(ada.Id.ToString(), kept, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Session.RefreshToken[^40..], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Session.AccessToken.Split('.')[2], kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_names_no_secret_of_the_account()
    {
        var server = await servers.OnAsync(Shape.Embedded);
        var email = Person.NewEmail();

        using var answer = await server.Http.PostAsync("api/auth/register", Answer.Json($$"""{"email":"{{email}}","password":"{{Person.Password}}"}"""), Stop);

        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains(email, text, StringComparison.Ordinal);
        Assert.All(new[] { Person.Password, "password_hash", "security_stamp", "argon2" }, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    private static void AssertNoLeak(List<string> secrets, IEnumerable<string> lines)
    {
        var leaks = (from line in lines from secret in secrets where line.Contains(secret, StringComparison.OrdinalIgnoreCase) select $"\"{secret}\" in: {line}").ToList();
        Assert.True(leaks.Count == 0, string.Join("\n", leaks));
    }
}
