using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Whoever reads the trail learns who did what to which, but not what is hidden from them.</summary>
public sealed class TheTrailKeepsSecrets(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task An_auditor_sees_that_a_restricted_document_was_made_changed_and_searched_but_not_what_it_is_called(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var auditor = await founder.AddMemberAsync("auditor");
        var document = await founder.UploadTextAsync("The merger is secret.", SensitivityLevel.Restricted, "Merger with Contoso");
        await founder.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "Contoso, final" }, stop: Stop);
        await founder.Client.Documents.SearchAsync("contoso merger", Stop);

        var seen = (await auditor.Client.Audit.ListAsync(new AuditFilter { ResourceType = "document" }, stop: Stop)).Items;
        Assert.All(
            new[] { AuditActions.DocumentCreated, AuditActions.DocumentVersionAdded, AuditActions.DocumentUpdated, AuditActions.DocumentSearched },
            action => Assert.Contains(seen, e => e.Action == action && e.ActorUserId == founder.Id && e.Changes is null && e.Metadata is null));
        Assert.Empty((await auditor.Client.Audit.ListAsync(new AuditFilter { Text = "contoso" }, stop: Stop)).Items);

        var own = (await founder.Client.Audit.ListAsync(new AuditFilter { ResourceId = document.Id.ToString() }, stop: Stop)).Items;
        Assert.Contains(own, e => e.Action == AuditActions.DocumentCreated && (string?)e.Metadata!["title"] == "Merger with Contoso");
    }

    [Theory, EveryShape]
    public async Task The_name_of_a_private_thread_stays_among_its_participants(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Letting Bob go", IsPrivate = true }, Stop)).Value;
        await founder.Client.Chat.UpdateThreadAsync(thread.Id, new UpdateThreadRequest { Name = "Bob stays" }, stop: Stop);

        var seen = (await founder.Client.Audit.ListAsync(new AuditFilter { ResourceId = thread.Id.ToString() }, stop: Stop)).Items;
        Assert.Equal(2, seen.Count);
        Assert.DoesNotContain(seen, e => e.AsJson().Contains("Bob", StringComparison.Ordinal));
    }

    [Theory, EveryShape]
    public async Task What_a_rule_within_a_feature_refuses_is_recorded_as_denied(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (manager, member) = (await founder.AddMemberAsync("manager"), await founder.AddMemberAsync("member"));
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Talk" }, Stop)).Value;
        var message = await founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "Mine" }, Stop);

        await Assert.ThrowsAsync<CrossAuditException>(() => manager.Client.Organizations.AddMemberAsync(founder.OrganizationId, member.Id, "admin", Stop));
        await Assert.ThrowsAsync<CrossAuditException>(() => member.Client.Organizations.RemoveMemberAsync(founder.OrganizationId, manager.Id, Stop));
        await Assert.ThrowsAsync<CrossAuditException>(() => member.Client.Chat.EditAsync(message.Id, "Not mine", stop: Stop));
        await Assert.ThrowsAsync<CrossAuditException>(() => member.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Too high", SensitivityLevel = SensitivityLevel.Restricted }, Stop));

        var denied = (await founder.Client.Audit.ListAsync(new AuditFilter { Action = AuditActions.PermissionDenied }, stop: Stop)).Items;
        Assert.Equal([member.Id, member.Id, member.Id, manager.Id], denied.Select(e => e.ActorUserId!.Value));
    }

    [Theory, EveryShape]
    public async Task Html_that_would_grow_without_bound_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Talk" }, Stop)).Value;
        var bomb = string.Concat(Enumerable.Range(0, 200).Select(n => $"<b a={n}>")) + string.Concat(Enumerable.Repeat("<p>x", 500));
        await server.RefusesAsync(founder, 400, "chat.html_too_complex", () => founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = bomb, ContentType = MessageContentType.Html }, Stop));
    }
}
