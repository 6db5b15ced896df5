using System.Net;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed class CreationsAreRead(ServerSet servers)
{
    [Theory, EveryShape]
    public async Task Where_a_creation_says_that_it_is_it_is_read_as_it_was_answered(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var thread = await CreateAsync(founder, "api/chat/threads", """{"name":"A"}""");
        await CreateAsync(founder, $"{thread}/messages", """{"content":"Hello"}""");
        await CreateAsync(founder, $"api/organizations/{founder.OrganizationId}/invitations", $$"""{"email":"{{Person.NewEmail()}}","role":"member"}""");
        await CreateAsync(founder, "api/organizations", """{"name":"Second"}""");
        await CreateAsync(founder, "api/documents", """{"title":"A"}""");
        await CreateAsync(founder, "api/rbac/roles", """{"name":"ours"}""");
        await CreateAsync(founder, "api/rbac/departments", """{"name":"Ours"}""");
    }

    [Theory, EveryShape]
    public async Task A_message_or_invitation_of_another_organization_is_not_found(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, stranger) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var belongings = await Belongings.OfAsync(founder);
        foreach (var path in new[] { $"api/chat/messages/{belongings.For(("id", "messages"))}", $"api/organizations/{stranger.OrganizationId}/invitations/{belongings.For(("id", "invitations"))}" })
        {
            using var answer = await stranger.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<string> CreateAsync(Person person, string list, string body)
    {
        using var created = await person.SendAsync(HttpMethod.Post, list, Answer.Json(body));
        var data = (await created.DataAsync()).GetRawText();
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var read = await person.SendAsync(HttpMethod.Get, created.Header("Location")!);
        Assert.Equal((data, created.Header("ETag")), ((await read.DataAsync()).GetRawText(), read.Header("ETag")));
        Assert.NotNull(created.Header("ETag"));
        return created.Header("Location")!;
    }
}
