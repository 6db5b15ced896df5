using System.Net;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.ApiKeys;

/// <summary>What a key may do, and for how long.</summary>
public sealed class KeysAct(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_key_works_in_either_header_and_its_acts_are_told_apart_from_its_holders(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var key = await MakeAsync(founder, [Permissions.DocumentsRead, Permissions.DocumentsWrite]);

        var document = (await server.NewClient().As(key.Key).Documents.CreateAsync(new CreateDocumentRequest { Title = "By a program" }, Stop)).Value;

        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/documents/{document.Id}");
        request.Headers.Add("X-API-Key", key.Key);
        using var answer = await server.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var created = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentCreated));
        Assert.Equal(("api_key", founder.Id, key.Id), (created.ActorType, created.ActorUserId!.Value, created.Metadata!["api_key_id"]!.GetValue<Guid>()));
        Assert.Contains(key.Name, created.ActorLabel, StringComparison.Ordinal);
        await Refusals.UntilAsync(async () => (await founder.Client.ApiKeys.GetAsync(key.Id, Stop)).Value is { UsageCount: 2, LastUsedAt: not null });
    }

    [Theory, EveryShape]
    public async Task A_key_does_what_its_scopes_say_and_no_more(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var key = server.NewClient().As((await MakeAsync(founder, [Permissions.DocumentsRead])).Key);
        Assert.Empty((await key.Documents.ListAsync(stop: Stop)).Items);

        await RefusedAsync(403, ErrorCodes.PermissionDenied, () => key.Documents.CreateAsync(new CreateDocumentRequest { Title = "No" }, Stop));
        await RefusedAsync(403, ErrorCodes.PermissionDenied, () => key.ApiKeys.ListAsync(stop: Stop));
        // What is a person's own, no key reaches.
        await RefusedAsync(401, ErrorCodes.Unauthenticated, () => key.Auth.MeAsync(Stop));
        await RefusedAsync(401, ErrorCodes.Unauthenticated, () => key.Auth.ListSessionsAsync(stop: Stop));
        Assert.Empty(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentCreated));
    }

    [Theory, EveryShape]
    public async Task A_key_cannot_make_keys_nor_grant_what_it_does_not_have(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("viewer");
        var key = server.NewClient().As((await MakeAsync(founder, [Permissions.ApiKeysManage, Permissions.RolesManage, Permissions.UsersManage, Permissions.RolesRead])).Key);

        await RefusedAsync(401, ErrorCodes.RecentSignInRequired, () => key.ApiKeys.CreateAsync(new CreateApiKeyRequest { Name = "Another", Scopes = [Permissions.RolesRead] }, Stop));
        await RefusedAsync(403, null, () => key.Access.CreateRoleAsync(new CreateRoleRequest { Name = "all", Permissions = [Permissions.AdminFull] }, Stop));
        await RefusedAsync(403, ErrorCodes.RoleAboveOwn, () => key.Organizations.ChangeRoleAsync(founder.OrganizationId, member.Id, "owner", Stop));
        await RefusedAsync(403, ErrorCodes.RoleAboveOwn, () => key.Organizations.ChangeRoleAsync(founder.OrganizationId, member.Id, "admin", Stop));
    }

    [Theory, EveryShape]
    public async Task A_key_loses_what_its_holder_loses(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var admin = await founder.AddMemberAsync("admin");
        var secret = (await founder.UploadTextAsync("What few may read.", SensitivityLevel.Restricted)).Id;
        var key = server.NewClient().As((await MakeAsync(admin, ["documents.*"])).Key);
        Assert.Equal(secret, (await key.Documents.GetAsync(secret, Stop)).Value.Id);

        await founder.Client.Organizations.ChangeRoleAsync(founder.OrganizationId, admin.Id, "viewer", Stop);

        await RefusedAsync(404, ErrorCodes.NotFound, () => key.Documents.GetAsync(secret, Stop));
        await RefusedAsync(403, ErrorCodes.PermissionDenied, () => key.Documents.CreateAsync(new CreateDocumentRequest { Title = "No" }, Stop));
        Assert.Empty((await key.Documents.ListAsync(stop: Stop)).Items);
    }

    [Theory, EveryShape]
    public async Task A_personal_key_ends_with_its_holders_membership_and_a_service_key_goes_to_an_owner_with_no_more_than_it_had(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var admin = await founder.AddMemberAsync("admin");
        var (own, ours) = (await MakeAsync(admin, [Permissions.DocumentsRead]), await MakeAsync(admin, [Permissions.DocumentsRead], ApiKeyKind.Service));
        await founder.UploadTextAsync("For all.", SensitivityLevel.Public);
        await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "The founder's own", IsPrivate = true }, Stop);

        await founder.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, admin.Id, Stop);

        await RefusedAsync(401, ErrorCodes.Unauthenticated, () => server.NewClient().As(own.Key).Documents.ListAsync(stop: Stop));
        Assert.Single((await server.NewClient().As(ours.Key).Documents.ListAsync(stop: Stop)).Items);
        var (ended, kept) = ((await founder.Client.ApiKeys.GetAsync(own.Id, Stop)).Value, (await founder.Client.ApiKeys.GetAsync(ours.Id, Stop)).Value);
        Assert.Equal((false, "membership_ended"), (ended.IsActive, ended.RevokedReason));
        Assert.Equal((founder.Id, admin.Id, true), (kept.HolderId, kept.CreatedBy, kept.IsActive));
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.ApiKeyRevoked));
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.ApiKeyHandedOver), e => e.TargetUserId == founder.Id);
    }

    [Theory, EveryShape]
    public async Task A_service_key_does_not_read_its_holders_private_threads_and_a_personal_key_does(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Own", IsPrivate = true }, Stop)).Value.Id;
        var member = await founder.AddMemberAsync("member");
        var (own, ours) = (await MakeAsync(founder, [Permissions.ChatRead]), await MakeAsync(founder, [Permissions.ChatRead, Permissions.ChatWrite], ApiKeyKind.Service));

        Assert.Equal(thread, (await server.NewClient().As(own.Key).Chat.GetThreadAsync(thread, Stop)).Value.Id);
        await RefusedAsync(404, ErrorCodes.NotFound, () => server.NewClient().As(ours.Key).Chat.GetThreadAsync(thread, Stop));
        await RefusedAsync(403, ErrorCodes.PersonRequired, () => server.NewClient().As(ours.Key).Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Its own", IsPrivate = true }, Stop));
        await RefusedAsync(403, ErrorCodes.PersonRequired, () => server.NewClient().As(ours.Key).Chat.OpenDirectAsync(member.Id, Stop));
    }

    [Theory, EveryShape]
    public async Task A_service_key_on_a_socket_does_not_hear_its_holders_private_threads(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var ours = (await MakeAsync(founder, [Permissions.ChatRead], ApiKeyKind.Service)).Key;
        var own = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Own", IsPrivate = true }, Stop)).Value.Id;
        var everybodys = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Everybody's" }, Stop)).Value.Id;
        await using var socket = await server.NewClient().As(ours).Chat.ConnectAsync(stop: Stop);
        await socket.PingAsync(Stop);

        await founder.Client.Chat.SendAsync(own, new SendMessageRequest { Content = "Between us." }, Stop);
        await founder.Client.Chat.SendAsync(everybodys, new SendMessageRequest { Content = "For all." }, Stop);

        var heard = await socket.ReadAllAsync(Stop).FirstAsync(frame => frame.Type == ChatFrameTypes.Message, Stop);
        Assert.Equal("For all.", heard.As<MessageView>().Content);
    }

    [Theory, EveryShape]
    public async Task A_key_with_the_right_to_changes_the_organizations_settings(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var key = (await MakeAsync(founder, [Permissions.SettingsManage], ApiKeyKind.Service)).Key;

        await server.NewClient().As(key).Organizations.UpdateSettingsAsync(founder.OrganizationId, new UpdateSettingsRequest { ChatLabelPolicy = "refuse" }, stop: Stop);

        Assert.Equal("refuse", (await founder.Client.Organizations.GetSettingsAsync(founder.OrganizationId, Stop)).Value.ChatLabelPolicy);
    }

    [Theory, EveryShape]
    public async Task A_key_sees_no_label_above_its_own(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await founder.UploadTextAsync("For all.", SensitivityLevel.Public);
        await founder.UploadTextAsync("For some.", SensitivityLevel.Confidential);
        var made = await founder.Client.ApiKeys.CreateAsync(new CreateApiKeyRequest { Name = "Public only", Scopes = [Permissions.DocumentsRead], MaxSensitivity = SensitivityLevel.Public }, Stop);

        Assert.Equal(SensitivityLevel.Public, Assert.Single((await server.NewClient().As(made.Value.Key).Documents.ListAsync(stop: Stop)).Items).SensitivityLevel);
    }

    [Theory, EveryShape]
    public async Task A_key_used_from_an_address_that_it_is_not_for_is_refused_and_that_is_recorded(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var made = (await founder.Client.ApiKeys.CreateAsync(new CreateApiKeyRequest { Name = "Elsewhere", Scopes = [Permissions.DocumentsRead], AllowedAddresses = ["192.0.2.0/24"] }, Stop)).Value;
        var key = server.NewClient().As(made.Key);

        await RefusedAsync(403, ErrorCodes.ApiKeyAddressNotAllowed, () => key.Documents.ListAsync(stop: Stop));

        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PermissionDenied), e => e.Metadata!["reason"]?.GetValue<string>() == ErrorCodes.ApiKeyAddressNotAllowed);
        await founder.Client.ApiKeys.UpdateAsync(made.Id, new UpdateApiKeyRequest { AllowedAddresses = ["127.0.0.1", "::1"] }, stop: Stop);
        Assert.Empty((await key.Documents.ListAsync(stop: Stop)).Items);
    }

    [Fact]
    public async Task A_key_deleted_on_one_node_is_refused_by_the_other()
    {
        var settings = await servers.FullShapeAsync();
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(one);
        var made = await MakeAsync(founder, [Permissions.DocumentsRead]);
        var elsewhere = other.NewClient().As(made.Key);
        Assert.Empty((await elsewhere.Documents.ListAsync(stop: Stop)).Items);

        await founder.Client.ApiKeys.DeleteAsync(made.Id, stop: Stop);

        await RefusedAsync(401, ErrorCodes.Unauthenticated, () => one.NewClient().As(made.Key).Documents.ListAsync(stop: Stop));
        await Eventually.HoldsAsync(async () => await StatusAsync(elsewhere) == 401, TimeSpan.FromSeconds(5), "The end of the key on the other node");
    }

    [Theory, EveryShape]
    public async Task What_only_looks_like_a_key_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var key = (await MakeAsync(await Person.FounderAsync(server), [Permissions.DocumentsRead])).Key;
        Assert.Matches("^ca_live_[0-9A-Za-z]{36}$", key);
        foreach (var wrong in new[] { key[..^1], key + "0", key[..^1] + (key[^1] == '0' ? '1' : '0'), "ca_test_" + key[8..], "ca_live_" })
            await RefusedAsync(401, ErrorCodes.Unauthenticated, () => server.NewClient().As(wrong).Documents.ListAsync(stop: Stop));
    }

    internal static async Task<ApiKeySecretView> MakeAsync(Person person, string[] scopes, ApiKeyKind kind = ApiKeyKind.Personal) =>
        (await person.Client.ApiKeys.CreateAsync(new CreateApiKeyRequest { Name = "A program", Kind = kind, Scopes = scopes }, Stop)).Value;

    internal static async Task<Problem> RefusedAsync(int status, string? code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<CrossAuditException>(call);
        Assert.Equal((status, code ?? refused.Problem.Code), (refused.Problem.Status, refused.Problem.Code));
        return refused.Problem;
    }

    private static async Task<int> StatusAsync(CrossAuditClient key)
    {
        try
        {
            await key.Documents.ListAsync(stop: Stop);
            return 200;
        }
        catch (CrossAuditException refused)
        {
            return refused.Problem.Status;
        }
    }
}
