using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed class ListsArePaged(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Offsets_and_limits_cut_the_list_and_meta_says_where(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await CreateAsync(founder, "1", "2", "3", "4", "5");

        var all = await PageAsync(founder, "api/documents");
        var middle = await PageAsync(founder, "api/documents?limit=2&offset=2");
        var last = await PageAsync(founder, "api/documents?limit=2&offset=4");
        var past = await PageAsync(founder, "api/documents?limit=2&offset=99");

        Assert.Equal(["5", "4", "3", "2", "1"], all.Titles);
        Assert.Equal(new Meta(5, 50, 0, false), all.Meta);
        Assert.Equal(["3", "2"], middle.Titles);
        Assert.Equal(new Meta(5, 2, 2, true), middle.Meta);
        Assert.Equal(["1"], last.Titles);
        Assert.Equal(new Meta(5, 2, 4, false), last.Meta);
        Assert.Equal([], past.Titles);
        Assert.Equal(new Meta(5, 2, 99, false), past.Meta);
    }

    [Theory, EveryShape]
    public async Task A_cursor_keeps_its_place_while_rows_are_added_and_the_link_names_it(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await CreateAsync(founder, "1", "2", "3", "4", "5");

        var first = await PageAsync(founder, "api/documents?limit=2&document_type=general");
        await CreateAsync(founder, "6", "7");
        var second = await PageAsync(founder, first.Next!);
        await CreateAsync(founder, "8");
        var third = await PageAsync(founder, second.Next!);

        Assert.Equal(["5", "4"], first.Titles);
        Assert.Equal(["3", "2"], second.Titles);
        Assert.Equal(["1"], third.Titles);
        Assert.Contains("document_type=general", first.Next, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString(first.Cursor!), first.Next, StringComparison.Ordinal);
        Assert.Equal((true, true, false), (first.Meta.HasMore, second.Meta.HasMore, third.Meta.HasMore));
        Assert.Equal((null, null), (third.Next, third.Cursor));
    }

    [Theory, EveryShape]
    public async Task The_trail_is_walked_once_although_reading_it_adds_to_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await CreateAsync(founder, "1", "2", "3", "4", "5", "6", "7");
        Assert.Equal(7, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentCreated)).Count);

        var walked = new List<(Guid Id, DateTimeOffset At, string Action)>();
        await foreach (var log in founder.Client.Audit.WalkAsync(pageSize: 2, stop: Stop))
            walked.Add((log.Id, log.CreatedAt, log.Action));

        Assert.Equal(7, walked.Count(log => log.Action == AuditActions.DocumentCreated));
        Assert.Equal(walked.Count, walked.DistinctBy(log => log.Id).Count());
        Assert.Equal(walked.OrderByDescending(log => log.At), walked);
        Assert.Equal(AuditActions.UserRegistered, walked.Last(log => log.Action != AuditActions.OrganizationCreated).Action);
        Assert.DoesNotContain(walked, log => log.Action == AuditActions.AuditRead);
    }

    [Theory, EveryShape]
    public async Task Messages_are_walked_by_cursor_forward_and_back(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "A" }, Stop)).Value.Id;
        for (var i = 1; i <= 5; i++)
            await founder.Client.Chat.SendAsync(thread, new SendMessageRequest { Content = $"{i}" }, Stop);

        Assert.Equal(["1 2", "3 4", "5"], await WalkAsync(founder, $"api/chat/threads/{thread}/messages?limit=2", "content"));
        Assert.Equal(["3 4", "5"], await WalkAsync(founder, $"api/chat/threads/{thread}/messages?limit=2&after=2", "content"));
        Assert.Equal(["3 4", "1 2"], await WalkAsync(founder, $"api/chat/threads/{thread}/messages?limit=2&before=5", "content"));
    }

    [Theory, EveryShape]
    public async Task Invitations_are_walked_by_cursor_and_by_state(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var invitations = new List<InvitationView>();
        for (var i = 0; i < 4; i++)
            invitations.Add(await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = Person.NewEmail(), Role = "member" }, Stop));
        await founder.Client.Organizations.RevokeInvitationAsync(founder.OrganizationId, invitations[1].Id, stop: Stop);
        var path = $"api/organizations/{founder.OrganizationId}/invitations?limit=2";

        Assert.Equal([$"{invitations[3].Id} {invitations[2].Id}", $"{invitations[1].Id} {invitations[0].Id}"], await WalkAsync(founder, path, "id"));
        Assert.Equal([$"{invitations[3].Id} {invitations[2].Id}", $"{invitations[0].Id}"], await WalkAsync(founder, path + "&status=pending", "id"));
        Assert.Equal([$"{invitations[1].Id}"], await WalkAsync(founder, path + "&status=revoked", "id"));
        Assert.Equal([""], await WalkAsync(founder, path + "&status=expired", "id"));
        Assert.Equal([""], await WalkAsync(founder, path + "&status=accepted", "id"));
    }

    private static async Task<List<string>> WalkAsync(Person person, string? path, string field)
    {
        var pages = new List<string>();
        while (path is not null)
        {
            using var answer = await person.SendAsync(HttpMethod.Get, path);
            pages.Add(string.Join(' ', (await answer.DataAsync()).EnumerateArray().Select(item => item.GetProperty(field).GetString())));
            path = answer.Header("Link")?.Split('<', '>')[1];
            Assert.Equal(path is not null, (await answer.JsonAsync()).GetProperty("meta").GetProperty("has_more").GetBoolean());
        }
        return pages;
    }

    private static async Task CreateAsync(Person person, params string[] titles)
    {
        foreach (var title in titles)
            await person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = title }, Stop);
    }

    private static async Task<(string[] Titles, Meta Meta, string? Cursor, string? Next)> PageAsync(Person person, string path)
    {
        using var answer = await person.SendAsync(HttpMethod.Get, path);
        var titles = (await answer.DataAsync()).EnumerateArray().Select(document => document.GetProperty("title").GetString()!).ToArray();
        var meta = (await answer.JsonAsync()).GetProperty("meta");
        var cursor = meta.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        var link = answer.Header("Link");
        Assert.True(link is null || link.EndsWith(">; rel=\"next\"", StringComparison.Ordinal), link);
        return (titles, meta.Deserialize<Meta>(JsonSerializerOptions.Web)! with { HasMore = meta.GetProperty("has_more").GetBoolean() }, cursor, link?.Split('<', '>')[1]);
    }

    private sealed record Meta(int Total, int Limit, int Offset, bool HasMore);
}
