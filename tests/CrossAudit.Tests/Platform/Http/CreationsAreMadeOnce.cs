using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http.Idempotency;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

/// <summary>Creations that are asked for again with the key that they were first asked for with.</summary>
public sealed class CreationsAreMadeOnce(ServerSet servers)
{
    private const string NewDocument = """{"title":"A"}""";

    [Theory, EveryShape]
    public async Task The_same_request_is_answered_as_at_first_and_makes_nothing_new(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        using var made = await founder.CreateOnceAsync("api/documents", NewDocument, "8e03978e");
        var before = await Stored.OfAsync(server, founder.OrganizationId);
        using var again = await founder.CreateOnceAsync("api/documents", NewDocument, "\"8e03978e\"");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (made.StatusCode, again.StatusCode));
        Assert.Equal(await made.TextAsync(), await again.TextAsync());
        Assert.Equal((made.Header("Location"), made.Header("ETag"), made.Content.Headers.ContentType), (again.Header("Location"), again.Header("ETag"), again.Content.Headers.ContentType));
        Assert.Equal((null, "true"), (made.Header("Idempotency-Replayed"), again.Header("Idempotency-Replayed")));
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentCreated));
    }

    [Theory, EveryShape]
    public async Task Whatever_can_be_created_is_created_once(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        using var thread = await founder.CreateOnceAsync("api/chat/threads", """{"name":"A"}""", "one");
        (string Path, string Body)[] creations =
        [
            ("api/chat/threads", """{"name":"A"}"""), (thread.Header("Location") + "/messages", """{"content":"Hello"}"""), ("api/organizations", """{"name":"Second"}"""),
            ($"api/organizations/{founder.OrganizationId}/invitations", $$"""{"email":"{{Person.NewEmail()}}","role":"member"}"""),
            ("api/rbac/roles", """{"name":"ours"}"""), ("api/rbac/departments", """{"name":"Ours"}"""), ("api/rbac/permissions", """{"name":"models.approve"}"""),
        ];
        foreach (var (path, body) in creations)
        {
            using var first = await founder.CreateOnceAsync(path, body, "one");
            using var again = await founder.CreateOnceAsync(path, body, "one");
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
            Assert.Equal(await first.TextAsync(), await again.TextAsync());
        }
    }

    [Fact]
    public async Task The_typed_client_asks_again_by_the_same_key()
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));
        var request = new CreateDocumentRequest { Title = "A" };

        var first = await founder.Client.Once("one").Documents.CreateAsync(request, TestContext.Current.CancellationToken);
        var again = await founder.Client.Once("one").Documents.CreateAsync(request, TestContext.Current.CancellationToken);
        var other = await founder.Client.Once("two").Documents.CreateAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((first.Value.Id, first.ETag), (again.Value.Id, again.ETag));
        Assert.NotEqual(first.Value.Id, other.Value.Id);
    }

    [Theory, EveryShape]
    public async Task Another_request_with_the_key_is_refused_and_writes_nothing(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        using var made = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var other = await founder.CreateOnceAsync("api/documents", """{"title":"B"}""", "one");
        using var query = await founder.CreateOnceAsync("api/documents?x=1", NewDocument, "one");

        await other.IsProblemAsync(HttpStatusCode.UnprocessableEntity, ErrorCodes.IdempotencyKeyReused);
        await query.IsProblemAsync(HttpStatusCode.UnprocessableEntity, ErrorCodes.IdempotencyKeyReused);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task A_key_is_its_senders_own_and_of_one_route(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");

        using var mine = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        using var theirs = await member.CreateOnceAsync("api/documents", NewDocument, "one");
        using var elsewhere = await founder.CreateOnceAsync("api/rbac/departments", """{"name":"A"}""", "one");

        Assert.All([mine, theirs, elsewhere], answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.NotEqual(mine.Header("Location"), theirs.Header("Location"));
    }

    [Theory, EveryShape]
    public async Task Of_many_at_once_one_is_made(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => founder.CreateOnceAsync("api/documents", NewDocument, "one")));

        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await answer.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.IdempotencyInFlight);
            Assert.Equal("1", answer.Header("Retry-After"));
        }
        Assert.Single(answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).Select(answer => answer.Header("Location")).Distinct());
        Assert.Single(await Stored.AllAsync<Document>(server), document => document.OrganizationId == founder.OrganizationId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("two words")]
    [InlineData(null)]
    public async Task A_key_that_is_none_is_refused(string? key)
    {
        var server = await servers.OnAsync(Shape.Embedded);
        var founder = await Person.FounderAsync(server);
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var answer = await founder.CreateOnceAsync("api/documents", NewDocument, key ?? new string('x', 256));

        await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task What_failed_before_anything_was_made_may_be_tried_again(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        using var malformed = await founder.CreateOnceAsync("api/documents", """{"title":""", "one");
        using var made = await founder.CreateOnceAsync("api/documents", NewDocument, "one");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Created), (malformed.StatusCode, made.StatusCode));
        var claim = Assert.Single(await Stored.AllAsync<IdempotencyClaim>(server), claim => claim.OrganizationId == founder.OrganizationId);
        Assert.Single(await Stored.AllAsync<IdempotencyEffect>(server), effect => effect.ClaimId == claim.Id);
    }

    [Theory, EveryShape]
    public async Task Strangers_and_those_who_send_no_key_leave_none(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json(NewDocument));
        using var register = new HttpRequestMessage(HttpMethod.Post, "api/auth/register") { Content = Answer.Json($$"""{"email":"{{Person.NewEmail()}}","password":"{{Person.Password}}"}""") };
        register.Headers.Add("Idempotency-Key", "a stranger's");
        using var registered = await server.Http.SendAsync(register, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        var other = (await registered.DataAsync()).GetProperty("organization").GetProperty("id").GetGuid();
        Assert.DoesNotContain(await Stored.AllAsync<IdempotencyClaim>(server), claim => claim.OrganizationId == founder.OrganizationId || claim.OrganizationId == other);
    }
}
