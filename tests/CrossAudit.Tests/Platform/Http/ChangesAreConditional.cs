using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed class ChangesAreConditional(ServerSet servers)
{
    [Theory, EveryShape]
    public async Task A_reader_who_has_it_already_gets_no_body(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (path, tag) = await CreateAsync(founder, "api/documents", """{"title":"A"}""");

        foreach (var sent in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
            await AssertStatusAsync(founder, path, sent, HttpStatusCode.NotModified);
        await AssertStatusAsync(founder, path, "\"other\"", HttpStatusCode.OK);
    }

    [Theory, EveryShape]
    public async Task A_change_to_what_one_read_is_made_and_gives_a_new_tag(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (path, tag) = await CreateAsync(founder, "api/documents", """{"title":"A"}""");

        using var changed = await founder.SendAsync(HttpMethod.Put, path, Answer.Json("""{"title":"B"}"""), ("If-Match", tag));
        using var any = await founder.SendAsync(HttpMethod.Put, path, Answer.Json("""{"title":"C"}"""), ("If-Match", "*"));
        using var unconditional = await founder.SendAsync(HttpMethod.Put, path, Answer.Json("""{"title":"D"}"""));
        using var read = await founder.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tag));

        Assert.Equal("B", (await changed.DataAsync()).GetProperty("title").GetString());
        Assert.Equal("C", (await any.DataAsync()).GetProperty("title").GetString());
        Assert.Equal("D", (await unconditional.DataAsync()).GetProperty("title").GetString());
        Assert.Equal(4, new[] { tag, changed.Header("ETag"), any.Header("ETag"), read.Header("ETag") }.Distinct().Count());
    }

    [Theory, EveryShape]
    public Task A_document_that_somebody_else_changed_is_neither_changed_nor_deleted(Shape shape) => RefusedAsync("api/documents", """{"title":"A"}""", """{"title":"B"}""", shape);

    [Theory, EveryShape]
    public Task A_thread_that_somebody_else_changed_is_neither_changed_nor_deleted(Shape shape) => RefusedAsync("api/chat/threads", """{"name":"A"}""", """{"name":"B"}""", shape);

    private async Task RefusedAsync(string list, string create, string update, Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (path, stale) = await CreateAsync(founder, list, create);
        using var other = await founder.SendAsync(HttpMethod.Put, path, Answer.Json(update.Replace("\"B\"", "\"C\"", StringComparison.Ordinal)));
        Assert.NotEqual(stale, other.Header("ETag"));
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        using var put = await founder.SendAsync(HttpMethod.Put, path, Answer.Json(update), ("If-Match", stale));
        using var delete = await founder.SendAsync(HttpMethod.Delete, path, null, ("If-Match", stale));
        using var weak = await founder.SendAsync(HttpMethod.Delete, path, null, ("If-Match", $"W/{other.Header("ETag")}"));

        await put.IsProblemAsync(HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed);
        await delete.IsProblemAsync(HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed);
        // If-Match compares strongly (RFC 9110, section 13.1.1).
        await weak.IsProblemAsync(HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        Assert.Empty(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentDeleted));

        using var current = await founder.SendAsync(HttpMethod.Delete, path, null, ("If-Match", $"\"other\", {other.Header("ETag")}"));
        Assert.Equal(HttpStatusCode.OK, current.StatusCode);
    }

    private static async Task<(string Path, string Tag)> CreateAsync(Person person, string list, string body)
    {
        using var created = await person.SendAsync(HttpMethod.Post, list, Answer.Json(body));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (created.Header("Location")!.TrimStart('/'), created.Header("ETag")!);
    }

    private static async Task AssertStatusAsync(Person person, string path, string sent, HttpStatusCode status)
    {
        using var answer = await person.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", sent));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length > 0);
        Assert.NotNull(answer.Header("ETag"));
        Assert.Matches("^[0-9a-f]{32}$", answer.Header("X-Trace-Id")!);
    }
}
