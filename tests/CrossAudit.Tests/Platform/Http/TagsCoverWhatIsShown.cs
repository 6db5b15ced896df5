using System.Net;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

/// <summary>A body shows more than its row's revision counts: nobody is told that an old copy is the newest.</summary>
public sealed class TagsCoverWhatIsShown(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_thread_with_a_new_message_is_read_anew_and_can_still_be_renamed_by_its_old_tag(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var thread = await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "A" }, Stop);
        var path = $"api/chat/threads/{thread.Value.Id}";
        using var known = await founder.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", thread.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);

        await founder.Client.Chat.SendAsync(thread.Value.Id, new SendMessageRequest { Content = "New" }, Stop);

        using var read = await founder.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", thread.ETag!));
        Assert.Equal(1, (await read.DataAsync()).GetProperty("message_count").GetInt32());
        Assert.Equal("B", (await founder.Client.Chat.UpdateThreadAsync(thread.Value.Id, new UpdateThreadRequest { Name = "B" }, thread.ETag, Stop)).Value.Name);
    }

    [Theory, EveryShape]
    public async Task A_profile_shows_an_organization_that_was_founded_since(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        using var before = await founder.SendAsync(HttpMethod.Get, "api/auth/profile");

        await founder.Client.Organizations.FoundAsync(new CreateOrganizationRequest { Name = "Second" }, Stop);

        using var after = await founder.SendAsync(HttpMethod.Get, "api/auth/profile", null, ("If-None-Match", before.Header("ETag")!));
        Assert.Equal(2, (await after.DataAsync()).GetProperty("organizations").GetArrayLength());
    }

    [Theory, EveryShape]
    public async Task Every_single_resource_has_a_tag_by_which_it_is_not_sent_twice(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var belongings = await Belongings.OfAsync(founder);
        string Id(string segment) => belongings.For(("id", segment));
        string[] paths =
        [
            "api/auth/me", $"api/documents/{Id("documents")}", $"api/documents/{Id("documents")}/versions/1", $"api/chat/messages/{Id("messages")}", $"api/audit/logs/{Id("logs")}",
            $"api/organizations/{founder.OrganizationId}", $"api/organizations/{founder.OrganizationId}/invitations/{Id("invitations")}", $"api/rbac/roles/{Id("roles")}",
        ];
        foreach (var path in paths)
        {
            using var read = await founder.SendAsync(HttpMethod.Get, path);
            Assert.True(read.StatusCode == HttpStatusCode.OK && read.Header("ETag") is not null, $"{path} answers {read.StatusCode} with the tag {read.Header("ETag")}");
            using var again = await founder.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", read.Header("ETag")!));
            Assert.Equal((HttpStatusCode.NotModified, read.Header("ETag")), (again.StatusCode, again.Header("ETag")));
        }
    }
}
