using System.Net;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Chat;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace CrossAudit.Tests.Features.Organizations;

public sealed class RulesHoldAtOnce(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Documents_get_the_label_and_the_retention_that_the_organization_sets(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var viewer = await founder.AddMemberAsync("member");
        var before = await founder.Client.Organizations.GetSettingsAsync(founder.OrganizationId, Stop);
        Assert.Equal(SensitivityLevel.Restricted, before.Value.DefaultSensitivity);

        await SetAsync(founder, new UpdateSettingsRequest { DefaultSensitivity = SensitivityLevel.Internal, Retention = new RetentionDefaults { RetentionPeriod = 30, AutoDelete = true, StartsAt = "updated_at" } });

        var made = (await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Unlabelled" }, Stop)).Value;
        Assert.Equal((SensitivityLevel.Internal, 30, true, "updated_at"), (made.SensitivityLevel, made.RetentionPolicy.RetentionPeriod, made.RetentionPolicy.AutoDelete, made.RetentionPolicy.StartsAt));
        await SetAsync(founder, new UpdateSettingsRequest { DefaultSensitivity = SensitivityLevel.Restricted });
        Assert.Equal(SensitivityLevel.Confidential, (await viewer.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Within clearance" }, Stop)).Value.SensitivityLevel);
        var stale = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Organizations.UpdateSettingsAsync(founder.OrganizationId, new UpdateSettingsRequest(), before.ETag, Stop));
        Assert.Equal(412, stale.Problem.Status);
    }

    [Theory]
    [InlineData("""{"mfa_requird":true}""")]
    [InlineData("""{"session_hours":0}""")]
    [InlineData("""{"allowed_domains":["not a domain"]}""")]
    [InlineData("""{"default_sensitivity":"secret"}""")]
    [InlineData("""{"retention":{"retention_period":0}}""")]
    public async Task What_is_no_rule_is_refused(string body)
    {
        var server = await servers.OnAsync(Shape.Embedded);
        var founder = await Person.FounderAsync(server);
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var refused = await founder.SendAsync(HttpMethod.Put, $"api/organizations/{founder.OrganizationId}/settings", Answer.Json(body));

        await refused.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Fact]
    public async Task A_second_factor_is_asked_of_everybody_on_every_node_and_whoever_has_none_can_still_get_one()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings, WithClock);
        await using var other = await RunningServer.StartAsync(settings, WithClock);
        var founder = await Person.FounderAsync(one);
        var member = await founder.AddMemberAsync("member");
        var there = member.On(other);
        Assert.Empty((await there.Documents.ListAsync(stop: Stop)).Items);
        var lockedOut = await Assert.ThrowsAsync<CrossAuditException>(() => SetAsync(founder, new UpdateSettingsRequest { MfaRequired = true }));
        Assert.Equal((409, ErrorCodes.RuleShutsOutSetter), (lockedOut.Problem.Status, lockedOut.Problem.Code));
        await EnableAsync(founder.Client);
        using var socket = await RawSocket.OpenAsync(other, member, null);

        await SetAsync(founder, new UpdateSettingsRequest { MfaRequired = true });

        await Eventually.HoldsAsync(async () => await CodeAsync(() => there.Documents.ListAsync(stop: Stop)) == ErrorCodes.MfaRequiredByOrganization, TimeSpan.FromSeconds(5), "The rule on the other node");
        Assert.Equal(ChatCloseCodes.NotAllowed, await socket.UntilClosedAsync());
        Assert.Equal(ErrorCodes.MfaRequiredByOrganization, await CodeAsync(() => member.Client.Organizations.GetAsync(founder.OrganizationId, Stop)));
        Assert.Equal(member.Email, (await member.Client.Auth.MeAsync(Stop)).Email);
        await EnableAsync(member.Client);
        Assert.Empty((await member.Client.Documents.ListAsync(stop: Stop)).Items);
    }

    [Fact]
    public async Task The_allowed_domains_hold_on_every_node()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        var there = (await founder.AddMemberAsync("member")).On(other);
        Assert.Empty((await there.Documents.ListAsync(stop: Stop)).Items);
        await founder.Client.Account.VerifyEmailAsync(await Mailbox.TokenAsync([one, other], founder.Email, "Confirm your"), Stop);

        await SetAsync(founder, new UpdateSettingsRequest { AllowedDomains = ["example.org"] });

        await Eventually.HoldsAsync(async () => await CodeAsync(() => there.Documents.ListAsync(stop: Stop)) == ErrorCodes.EmailDomainNotAllowed, TimeSpan.FromSeconds(5), "The rule on the other node");
    }

    [Theory, EveryShape]
    public async Task Only_confirmed_addresses_of_the_allowed_domains_get_in(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        Assert.Equal(ErrorCodes.RuleShutsOutSetter, await CodeAsync(() => SetAsync(founder, new UpdateSettingsRequest { AllowedDomains = ["example.org"] })));
        await founder.Client.Account.VerifyEmailAsync(await Mailbox.TokenAsync(server, founder.Email, "Confirm your"), Stop);
        Assert.Equal(ErrorCodes.RuleShutsOutSetter, await CodeAsync(() => SetAsync(founder, new UpdateSettingsRequest { AllowedDomains = ["elsewhere.example"] })));

        await SetAsync(founder, new UpdateSettingsRequest { AllowedDomains = ["EXAMPLE.org"] });

        Assert.Equal(ErrorCodes.EmailDomainNotAllowed, await CodeAsync(() => member.Client.Documents.ListAsync(stop: Stop)));
        await member.Client.Account.VerifyEmailAsync(await Mailbox.TokenAsync(server, member.Email, "Confirm your"), Stop);
        Assert.Empty((await member.Client.Documents.ListAsync(stop: Stop)).Items);
        Assert.Equal(ErrorCodes.EmailDomainNotAllowed, await CodeAsync(() => founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = "a@sub.example.org", Role = "member" }, Stop)));
        Assert.Equal(2, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.SettingsUpdated)).Count + 1);
    }

    [Theory, EveryShape]
    public async Task A_session_ends_after_the_hours_that_the_organization_sets(Shape shape)
    {
        await using var server = await servers.StartAsync(shape, new Dictionary<string, string?> { ["JWT_ACCESS_TOKEN_EXPIRE_MINUTES"] = "1440" }, WithClock);
        var founder = await Person.FounderAsync(server);
        await SetAsync(founder, new UpdateSettingsRequest { SessionHours = 2 });
        _clock.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal(founder.Email, (await founder.Client.Auth.MeAsync(Stop)).Email);

        _clock.Advance(TimeSpan.FromMinutes(2));

        using var me = await founder.SendAsync(HttpMethod.Get, "api/auth/me");
        await me.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        using var renewal = await server.Http.PostAsync("api/auth/refresh", Answer.Json($$"""{"refresh_token":"{{founder.Session.RefreshToken}}"}"""), Stop);
        await renewal.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidRefreshToken);
    }

    private static Task<Tagged<OrganizationSettings>> SetAsync(Person person, UpdateSettingsRequest request) => person.Client.Organizations.UpdateSettingsAsync(person.OrganizationId, request, stop: Stop);

    // Null where it is not refused, or not yet: another node hears of a rule a moment later.
    private static async Task<string?> CodeAsync(Func<Task> act) => (await Record.ExceptionAsync(act) as CrossAuditException)?.Problem.Code;

    private async Task EnableAsync(CrossAuditClient client)
    {
        var setup = await client.Account.SetUpMfaAsync(Stop);
        await client.Account.EnableMfaAsync(new Totp(Base32Encoding.ToBytes(setup.Secret)).ComputeTotp(_clock.GetUtcNow().UtcDateTime), Stop);
    }

    private void WithClock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);
}
