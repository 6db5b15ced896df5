using System.Net;
using System.Text;
using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using OtpNet;

namespace CrossAudit.Tests.Features.Auth;

public sealed class SecondFactors(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 1, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Once_it_is_on_a_password_alone_does_not_sign_in(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, secret, _) = await EnabledAsync(server);

        using var alone = await LoginAsync(server, founder.Email);
        await alone.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.MfaRequired);
        using var wrongPassword = await LoginAsync(server, founder.Email, password: "not the password", code: CodeAt(secret));
        await wrongPassword.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidCredentials);
        using var wrongCode = await LoginAsync(server, founder.Email, code: CodeAt(secret, steps: 10));
        await wrongCode.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidMfaCode);
        _clock.Advance(TimeSpan.FromSeconds(30));
        using var both = await LoginAsync(server, founder.Email, code: CodeAt(secret));

        var session = await both.DataAsync();
        Assert.Equal(["pwd", "otp", "mfa"], new JsonWebToken(session.GetProperty("access_token").GetString()).Claims.Where(claim => claim.Type == "amr").Select(claim => claim.Value));
        Assert.True(session.GetProperty("user").GetProperty("mfa_enabled").GetBoolean());
        Assert.Equal(3, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.LoginFailed)).Count);
    }

    [Theory, EveryShape]
    public async Task A_code_works_once_even_for_two_who_send_it_at_the_same_moment(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, secret, _) = await EnabledAsync(server);
        _clock.Advance(TimeSpan.FromSeconds(30));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LoginAsync(server, founder.Email, code: CodeAt(secret))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        using var later = await LoginAsync(server, founder.Email, code: CodeAt(secret));
        await later.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidMfaCode);
    }

    [Fact]
    public async Task A_code_works_once_on_two_nodes_together()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings, WithClock);
        await using var other = await RunningServer.StartAsync(settings, WithClock);
        var (founder, secret, _) = await EnabledAsync(one);
        _clock.Advance(TimeSpan.FromSeconds(30));

        var answers = await Task.WhenAll(new[] { one, other, one, other }.Select(node => LoginAsync(node, founder.Email, code: CodeAt(secret))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_clock_may_be_half_a_minute_wrong_and_not_more(int steps, bool isTaken)
    {
        await using var server = await StartAsync(Shape.Embedded);
        var (founder, secret, _) = await EnabledAsync(server);
        _clock.Advance(TimeSpan.FromSeconds(120));

        using var answer = await LoginAsync(server, founder.Email, code: CodeAt(secret, steps));

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory, EveryShape]
    public async Task A_recovery_code_takes_its_place_once_and_its_owner_is_told(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, _, codes) = await EnabledAsync(server);
        Assert.Equal(10, codes.Distinct().Count());

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => LoginAsync(server, founder.Email, recovery: codes[0].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.RecoveryCodeUsed));
        await Mailbox.WaitForAsync(server, founder.Email, "A recovery code of your CrossAudit account was used");
        Assert.Equal(9, (await founder.Client.Account.GetMfaAsync(Stop)).RecoveryCodesLeft);
    }

    [Theory, EveryShape]
    public async Task It_is_switched_off_by_a_code_and_never_without(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, secret, codes) = await EnabledAsync(server);

        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Account.DisableMfaAsync(new MfaCodeRequest(), Stop));
        Assert.Equal(ErrorCodes.InvalidMfaCode, refused.Problem.Code);
        var replaced = await founder.Client.Account.ReplaceRecoveryCodesAsync(new MfaCodeRequest { RecoveryCode = codes[3] }, Stop);
        Assert.Empty(replaced.RecoveryCodes.Intersect(codes));
        _clock.Advance(TimeSpan.FromSeconds(30));
        await founder.Client.Account.DisableMfaAsync(new MfaCodeRequest { Code = CodeAt(secret) }, Stop);

        using var alone = await LoginAsync(server, founder.Email);
        Assert.Equal(HttpStatusCode.OK, alone.StatusCode);
        foreach (var action in new[] { AuditActions.MfaEnabled, AuditActions.MfaDisabled, AuditActions.MfaFailed, AuditActions.RecoveryCodesReplaced })
            Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, action));
    }

    [Theory, EveryShape]
    public async Task What_matters_asks_for_a_recent_proof_and_gets_it_by_password_and_code(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, secret, _) = await EnabledAsync(server);
        _clock.Advance(TimeSpan.FromMinutes(11));

        var tooOld = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Account.DisableMfaAsync(new MfaCodeRequest { Code = CodeAt(secret) }, Stop));
        Assert.Equal((401, ErrorCodes.RecentSignInRequired), (tooOld.Problem.Status, tooOld.Problem.Code));
        using var raw = await founder.SendAsync(HttpMethod.Post, "api/auth/mfa/recovery-codes", Answer.Json("{}"));
        Assert.Contains("insufficient_user_authentication", raw.Header("WWW-Authenticate"), StringComparison.Ordinal);
        var half = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Auth.ReauthenticateAsync(new ReauthenticateRequest { Password = Person.Password }, Stop));
        Assert.Equal(ErrorCodes.MfaRequired, half.Problem.Code);
        var token = await founder.Client.Auth.ReauthenticateAsync(new ReauthenticateRequest { Password = Person.Password, TotpCode = CodeAt(secret) }, Stop);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await founder.Client.Account.DisableMfaAsync(new MfaCodeRequest { Code = CodeAt(secret) }, Stop);

        Assert.True(long.Parse(new JsonWebToken(token.AccessToken).GetClaim("auth_time").Value, System.Globalization.CultureInfo.InvariantCulture) > _clock.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds());
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.Reauthenticated));
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.ReauthenticationFailed));
    }

    [Theory, EveryShape]
    public async Task The_secret_is_kept_sealed_and_stands_in_no_trail(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var (founder, secret, codes) = await EnabledAsync(server);
        var bytes = Convert.ToHexString(Base32Encoding.ToBytes(secret));

        var user = Assert.Single(await Stored.AllAsync<User>(server), user => user.Id == founder.Id);
        Assert.DoesNotContain(bytes, Convert.ToHexString(user.TotpSecret!), StringComparison.Ordinal);
        var rows = string.Join('\n', await Stored.OfAsync(server, founder.OrganizationId)) + JsonSerializer.Serialize(await Stored.AllAsync<Server.Features.Auth.Mfa.RecoveryCode>(server))
            + string.Join('\n', (await Stored.AllAsync<Server.Core.Auditing.AuditEvent>(server)).Select(e => $"{e.Entry} {e.Changes} {e.Metadata}"));
        Assert.All(new[] { secret, codes[0], codes[0].Replace("-", "", StringComparison.Ordinal) }, text => Assert.DoesNotContain(text, rows, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Codes_are_those_of_RFC_6238()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Folder!, "vectors", "otp", "rfc6238-totp.json")));
        var sha1 = file.RootElement.ToString().Contains("94287082", StringComparison.Ordinal);
        Assert.True(sha1, "The file is not what this test thinks it is.");

        // The RFC shows eight digits; six are the last of them.
        foreach (var (seconds, code) in new[] { (59L, "94287082"), (1111111109L, "07081804"), (1234567890L, "89005924"), (20000000000L, "65353130") })
            Assert.Equal(code[2..], new Totp(Encoding.ASCII.GetBytes("12345678901234567890")).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime));
    }

    private async Task<(Person Founder, string Secret, IReadOnlyList<string> Codes)> EnabledAsync(RunningServer server)
    {
        var founder = await Person.FounderAsync(server);
        var setup = await founder.Client.Account.SetUpMfaAsync(Stop);
        Assert.Contains(setup.Secret, setup.OtpauthUri, StringComparison.Ordinal);
        var codes = await founder.Client.Account.EnableMfaAsync(CodeAt(setup.Secret), Stop);
        return (founder, setup.Secret, codes.RecoveryCodes);
    }

    private string CodeAt(string secret, int steps = 0) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(_clock.GetUtcNow().AddSeconds(30 * steps).UtcDateTime);

    private Task<RunningServer> StartAsync(Shape shape) => servers.StartAsync(shape, configure: WithClock);

    private void WithClock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    private static Task<HttpResponseMessage> LoginAsync(RunningServer server, string email, string password = Person.Password, string? code = null, string? recovery = null) =>
        server.Http.PostAsync("api/auth/login", Answer.Json(JsonSerializer.Serialize(new { email, password, totp_code = code, recovery_code = recovery })), Stop);
}
