using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.ApiKeys;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.ApiKeys;

/// <summary>Making, changing, rotating and ending keys.</summary>
public sealed class KeysAreManaged(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_key_is_shown_once_and_only_its_hash_is_kept(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        var made = await KeysAct.MakeAsync(founder, [Permissions.DocumentsRead]);

        using var read = await founder.SendAsync(HttpMethod.Get, $"api/admin/api-keys/{made.Id}");
        using var list = await founder.SendAsync(HttpMethod.Get, "api/admin/api-keys?is_active=true");
        foreach (var shown in new[] { await read.Content.ReadAsStringAsync(Stop), await list.Content.ReadAsStringAsync(Stop), (await Stored.AllAsync<ApiKey>(server)).AsJson(), (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.ApiKeyCreated)).AsJson() })
            Assert.DoesNotContain(made.Key, shown, StringComparison.Ordinal);
        Assert.StartsWith(made.KeyPrefix, made.Key, StringComparison.Ordinal);
        Assert.Equal((founder.Id, founder.Id, 60, 1000, 0L, true), (made.CreatedBy, made.HolderId, made.RateLimitRpm, made.RateLimitRph, made.UsageCount, made.IsActive));
    }

    [Theory, EveryShape]
    public async Task Nobody_gives_a_key_what_they_do_not_hold(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var keeper = await founder.AddMemberAsync("viewer");
        var role = (await founder.Client.Access.CreateRoleAsync(new() { Name = "key_keeper", Permissions = [Permissions.ApiKeysManage] }, Stop)).Value;
        await founder.Client.Access.GrantAsync(keeper.Id, role.Id, stop: Stop);

        await KeysAct.RefusedAsync(403, ErrorCodes.ApiKeyAboveOwn, () => KeysAct.MakeAsync(keeper, [Permissions.UsersManage]));
        await KeysAct.RefusedAsync(403, ErrorCodes.ApiKeyAboveOwn, () => KeysAct.MakeAsync(keeper, [Permissions.AdminFull], ApiKeyKind.Service));
        await KeysAct.RefusedAsync(400, ErrorCodes.RequestInvalid, () => KeysAct.MakeAsync(founder, ["documents.fly"]));
        var own = await KeysAct.MakeAsync(keeper, [Permissions.DocumentsRead]);
        await KeysAct.RefusedAsync(403, ErrorCodes.ApiKeyAboveOwn, () => keeper.Client.ApiKeys.UpdateAsync(own.Id, new UpdateApiKeyRequest { Scopes = [Permissions.DocumentsDelete] }, stop: Stop));
        Assert.Equal([own.Id], (await founder.Client.ApiKeys.ListAsync(stop: Stop)).Items.Select(key => key.Id));
    }

    [Theory, EveryShape]
    public async Task A_personal_key_is_its_holders_alone_but_others_may_switch_it_off(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var admin = await founder.AddMemberAsync("admin");
        var (own, ours) = (await KeysAct.MakeAsync(founder, [Permissions.DocumentsRead]), await KeysAct.MakeAsync(founder, [Permissions.DocumentsRead], ApiKeyKind.Service));

        await KeysAct.RefusedAsync(403, ErrorCodes.ApiKeyNotHolder, () => admin.Client.ApiKeys.RotateAsync(own.Id, stop: Stop));
        await KeysAct.RefusedAsync(403, ErrorCodes.ApiKeyNotHolder, () => admin.Client.ApiKeys.UpdateAsync(own.Id, new UpdateApiKeyRequest { Name = "Mine" }, stop: Stop));
        Assert.NotEqual(ours.Key, (await admin.Client.ApiKeys.RotateAsync(ours.Id, stop: Stop)).Value.Key);
        Assert.False((await admin.Client.ApiKeys.UpdateAsync(own.Id, new UpdateApiKeyRequest { IsActive = false }, stop: Stop)).Value.IsActive);

        await KeysAct.RefusedAsync(401, ErrorCodes.Unauthenticated, () => server.NewClient().As(own.Key).Documents.ListAsync(stop: Stop));
        await founder.Client.ApiKeys.UpdateAsync(own.Id, new UpdateApiKeyRequest { IsActive = true }, stop: Stop);
        await server.NewClient().As(own.Key).Documents.ListAsync(stop: Stop);
    }

    [Theory, EveryShape]
    public async Task A_rotated_key_stops_at_once_or_after_its_overlap(Shape shape)
    {
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(_clock));
        var founder = await Person.FounderAsync(server);
        var first = await KeysAct.MakeAsync(founder, [Permissions.DocumentsRead]);
        await ListAsync(server, first.Key);

        var second = (await founder.Client.ApiKeys.RotateAsync(first.Id, 2, Stop)).Value;
        Assert.Equal(_clock.GetUtcNow().AddHours(2).ToUnixTimeSeconds(), second.PreviousKeyExpiresAt!.Value.ToUnixTimeSeconds());
        await ListAsync(server, first.Key);
        await ListAsync(server, second.Key);
        _clock.Advance(TimeSpan.FromHours(2));
        await KeysAct.RefusedAsync(401, ErrorCodes.Unauthenticated, () => ListAsync(server, first.Key));
        await ListAsync(server, second.Key);

        await founder.Client.Auth.ReauthenticateAsync(new() { Password = Person.Password }, Stop);
        var third = (await founder.Client.ApiKeys.RotateAsync(first.Id, stop: Stop)).Value;
        await KeysAct.RefusedAsync(401, ErrorCodes.Unauthenticated, () => ListAsync(server, second.Key));
        await ListAsync(server, third.Key);
    }

    [Theory, EveryShape]
    public async Task A_key_ends_at_its_time_and_making_one_needs_a_recent_sign_in(Shape shape)
    {
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(_clock));
        var founder = await Person.FounderAsync(server);
        var made = (await founder.Client.ApiKeys.CreateAsync(new CreateApiKeyRequest { Name = "Short", Scopes = [Permissions.DocumentsRead], ExpiresAt = _clock.GetUtcNow().AddMinutes(11) }, Stop)).Value;
        await ListAsync(server, made.Key);

        _clock.Advance(TimeSpan.FromMinutes(11));

        await KeysAct.RefusedAsync(401, ErrorCodes.Unauthenticated, () => ListAsync(server, made.Key));
        await KeysAct.RefusedAsync(401, ErrorCodes.RecentSignInRequired, () => KeysAct.MakeAsync(founder, [Permissions.DocumentsRead]));
        await KeysAct.RefusedAsync(401, ErrorCodes.RecentSignInRequired, () => founder.Client.ApiKeys.RotateAsync(made.Id, stop: Stop));
        Assert.Single((await founder.Client.ApiKeys.ListAsync(stop: Stop)).Items);
    }

    [Theory, EveryShape]
    public async Task A_leaked_key_that_anybody_reports_is_revoked_for_good_and_its_owners_get_a_mail(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var admin = await founder.AddMemberAsync("admin");
        var made = await KeysAct.MakeAsync(admin, [Permissions.DocumentsRead]);
        await ListAsync(server, made.Key);

        var told = await server.NewClient().ApiKeys.ReportLeakAsync(made.Key, "https://code.example.org/a", Stop);

        await KeysAct.RefusedAsync(401, ErrorCodes.Unauthenticated, () => ListAsync(server, made.Key));
        foreach (var owner in new[] { founder, admin })
        {
            var mail = await Mailbox.WaitForAsync(server, owner.Email, "An API key");
            Assert.Contains("https://code.example.org/a", mail.TextBody, StringComparison.Ordinal);
            Assert.DoesNotContain(made.Key, mail.TextBody, StringComparison.Ordinal);
        }
        var revoked = (await founder.Client.ApiKeys.GetAsync(made.Id, Stop)).Value;
        Assert.Equal((false, "leaked"), (revoked.IsActive, revoked.RevokedReason));
        Assert.Equal(("anonymous", "critical", made.Id.ToString()), Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.ApiKeyLeaked)) is var e ? (e.ActorType, e.Severity, e.ResourceId) : default);
        await KeysAct.RefusedAsync(409, ErrorCodes.ApiKeyRevoked, () => admin.Client.ApiKeys.UpdateAsync(made.Id, new UpdateApiKeyRequest { IsActive = true }, stop: Stop));
        // Whoever tries keys out learns nothing by it.
        Assert.Equal(told.Message, (await server.NewClient().ApiKeys.ReportLeakAsync(made.Key, stop: Stop)).Message);
        Assert.Equal(told.Message, (await server.NewClient().ApiKeys.ReportLeakAsync("no key at all", stop: Stop)).Message);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.ApiKeyLeaked));
    }

    [Theory, EveryShape]
    public async Task A_leak_of_the_old_key_of_a_rotation_leaves_the_new_one_alone(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var first = await KeysAct.MakeAsync(founder, [Permissions.DocumentsRead]);
        var second = (await founder.Client.ApiKeys.RotateAsync(first.Id, 24, Stop)).Value;
        await ListAsync(server, first.Key);

        await server.NewClient().ApiKeys.ReportLeakAsync(first.Key, stop: Stop);

        await KeysAct.RefusedAsync(401, ErrorCodes.Unauthenticated, () => ListAsync(server, first.Key));
        await ListAsync(server, second.Key);
    }

    private static Task ListAsync(RunningServer server, string key) => server.NewClient().As(key).Documents.ListAsync(stop: Stop);
}
