using System.Net;
using System.Security.Cryptography;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth.Accounts;
using CrossAudit.Server.Features.Auth.Tokens;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Auth;

public sealed class PasswordsAreChosen(ServerSet servers)
{
    private const string Next = "quite another passphrase";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_one_of_the_ten_thousand_most_common_is_refused_and_random_ones_are_not()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var common = File.ReadLines(Path.Combine(SharedData.Folder!, "vectors", "passwords", "top-10000.txt")).Where(password => password.Length >= 8).ToList();

        Assert.True(common.Count > 3_000);
        Assert.DoesNotContain(common, password => !CommonPasswords.Contains(password));
        Assert.All(common.Take(100), password => Assert.True(CommonPasswords.Contains(password.ToUpperInvariant())));
        Assert.All(Enumerable.Range(0, 5_000), _ => Assert.False(CommonPasswords.Contains(Convert.ToBase64String(RandomNumberGenerator.GetBytes(9)))));
    }

    [Theory, EveryShape]
    public async Task A_common_password_or_ones_own_address_is_refused_wherever_one_is_chosen(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var stranger = Person.NewEmail();

        foreach (var password in new[] { "password", "Password1", "12345678", founder.Email })
        {
            var email = password == founder.Email ? founder.Email : stranger;
            using var registered = await server.Http.PostAsync("api/auth/register", Answer.Json($$"""{"email":"{{email}}","password":"{{password}}"}"""), Stop);
            await registered.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.PasswordCommon);
            using var changed = await founder.SendAsync(HttpMethod.Post, "api/auth/change-password", Answer.Json($$"""{"current_password":"{{Person.Password}}","new_password":"{{password}}"}"""));
            await changed.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.PasswordCommon);
        }

        Assert.DoesNotContain(await Stored.AllAsync<User>(server), user => user.Email == stranger);
        await founder.Client.Auth.LoginAsync(founder.Email, Person.Password, Stop);
    }

    [Theory, EveryShape]
    public async Task A_changed_password_ends_every_other_session_and_the_old_one_is_worth_nothing(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var other = server.NewClient();
        await other.Auth.LoginAsync(founder.Email, Person.Password, Stop);

        var wrong = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Account.ChangePasswordAsync(new ChangePasswordRequest { CurrentPassword = "not the password", NewPassword = Next }, Stop));
        Assert.Equal((400, ErrorCodes.InvalidPassword), (wrong.Problem.Status, wrong.Problem.Code));
        await founder.Client.Account.ChangePasswordAsync(new ChangePasswordRequest { CurrentPassword = Person.Password, NewPassword = Next }, Stop);

        Assert.Equal(founder.Email, (await founder.Client.Auth.MeAsync(Stop)).Email);
        await Assert.ThrowsAsync<CrossAuditException>(() => other.Auth.MeAsync(Stop));
        await Assert.ThrowsAsync<CrossAuditException>(() => other.Auth.LoginAsync(founder.Email, Person.Password, Stop));
        await other.Auth.LoginAsync(founder.Email, Next, Stop);
        await Mailbox.WaitForAsync(server, founder.Email, "The password of your CrossAudit account was changed");
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PasswordChanged));
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PasswordChangeFailed));
    }

    [Theory, EveryShape]
    public async Task A_forgotten_password_is_replaced_by_a_mailed_token_that_works_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var client = server.NewClient();
        await client.Account.RequestPasswordResetAsync($" {founder.Email.ToUpperInvariant()} ".Trim(), Stop);
        var token = await Mailbox.TokenAsync(server, founder.Email, "Choose a new password");

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(i =>
            server.Http.PostAsync("api/auth/reset-password/confirm", Answer.Json($$"""{"token":"{{token}}","new_password":"{{Next}} {{i}}"}"""), Stop)));

        var won = Assert.Single(Enumerable.Range(0, 3), i => answers[i].StatusCode == HttpStatusCode.OK);
        await client.Auth.LoginAsync(founder.Email, $"{Next} {won}", Stop);
        await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Auth.MeAsync(Stop));
        Assert.True((await client.Auth.MeAsync(Stop)).EmailVerified);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PasswordReset));
    }

    [Theory, EveryShape]
    public async Task A_token_ends_after_its_hour_and_when_a_later_one_is_asked_for(Shape shape)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(server);
        var tokens = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await founder.Client.Account.RequestPasswordResetAsync(founder.Email, Stop);
            tokens.Add(await Eventually.FindAsync(
                async () => await Mailbox.TokenAsync(server, founder.Email, "Choose a new password") is var token && !tokens.Contains(token) ? token : null, TimeSpan.FromSeconds(20), "The next token"));
        }

        await AssertRefusedAsync(server, tokens[0]);
        clock.Advance(TimeSpan.FromMinutes(60));
        await AssertRefusedAsync(server, tokens[1]);
        await AssertRefusedAsync(server, "nonsense");
        Assert.All(await Stored.AllAsync<OneTimeToken>(server), token => Assert.Null(token.UsedAt));
        await founder.Client.Auth.LoginAsync(founder.Email, Person.Password, Stop);
    }

    [Theory, EveryShape]
    public async Task Whether_an_address_is_known_does_not_show(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var answers = new List<string>();
        foreach (var email in new[] { founder.Email, Person.NewEmail() })
        {
            using var answer = await server.Http.PostAsync("api/auth/reset-password", Answer.Json($$"""{"email":"{{email}}"}"""), Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answers.Add(await answer.Content.ReadAsStringAsync(Stop));
        }
        Assert.Equal(answers[0], answers[1]);
    }

    [Theory, EveryShape]
    public async Task A_hash_of_other_times_still_works_and_is_made_anew(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var weak = WeakHashOf(Person.Password);
        await SetHashAsync(server, founder.Id, weak);

        await founder.Client.Auth.LoginAsync(founder.Email, Person.Password, Stop);

        var stored = (await Stored.AllAsync<User>(server)).Single(user => user.Id == founder.Id).PasswordHash!;
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", stored, StringComparison.Ordinal);
        await founder.Client.Auth.LoginAsync(founder.Email, Person.Password, Stop);

        // And one that would take all memory is not followed.
        await SetHashAsync(server, founder.Id, weak.Replace("m=8192", "m=99999999", StringComparison.Ordinal));
        await Assert.ThrowsAsync<CrossAuditException>(() => server.NewClient().Auth.LoginAsync(founder.Email, Person.Password, Stop));
    }

    private static async Task AssertRefusedAsync(RunningServer server, string token)
    {
        using var answer = await server.Http.PostAsync("api/auth/reset-password/confirm", Answer.Json($$"""{"token":"{{token}}","new_password":"{{Next}}"}"""), Stop);
        await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.InvalidToken);
    }

    private static string WeakHashOf(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = NSec.Cryptography.PasswordBasedKeyDerivationAlgorithm
            .Argon2id(new NSec.Cryptography.Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 8192, NumberOfPasses = 1 }).DeriveBytes(password, salt, 32);
        return $"$argon2id$v=19$m=8192,t=1,p=1${Convert.ToBase64String(salt).TrimEnd('=')}${Convert.ToBase64String(hash).TrimEnd('=')}";
    }

    private static async Task SetHashAsync(RunningServer server, Guid userId, string hash)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<User>().Where(user => user.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(user => user.PasswordHash, hash), Stop);
    }
}
