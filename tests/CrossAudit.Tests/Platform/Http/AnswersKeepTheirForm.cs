using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed partial class AnswersKeepTheirForm(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_resource_comes_in_an_envelope_in_snake_case_with_utc_times_to_the_microsecond(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var document = (await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Größe 😀" }, Stop)).Value;

        using var answer = await founder.SendAsync(HttpMethod.Get, $"api/documents/{document.Id}");

        Assert.Equal(("application/json", "utf-8"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentType?.CharSet));
        var body = await answer.JsonAsync();
        Assert.Equal(["success", "data"], body.EnumerateObject().Select(member => member.Name));
        Assert.True(body.GetProperty("success").GetBoolean());
        Assert.Equal("Größe 😀", body.GetProperty("data").GetProperty("title").GetString());
        Assert.Equal(document.Id.ToString(), body.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal('7', document.Id.ToString()[14]);
        AssertConventions(body);
    }

    [Theory, EveryShape]
    public async Task What_is_created_says_where_it_is_and_is_read_back_as_it_was_answered(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));

        using var created = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json("""{"title":"A"}"""));
        using var read = await founder.SendAsync(HttpMethod.Get, created.Header("Location")!);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal((await created.DataAsync()).GetRawText(), (await read.DataAsync()).GetRawText());
        Assert.Equal(created.Header("ETag"), read.Header("ETag"));
    }

    [Theory]
    [InlineData("api/auth/me")]
    [InlineData("api/organizations")]
    [InlineData("api/documents")]
    [InlineData("api/chat/threads")]
    [InlineData("api/audit/logs")]
    public async Task A_trailing_slash_makes_no_difference(string path)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var without = await founder.SendAsync(HttpMethod.Get, path);
        using var with = await founder.SendAsync(HttpMethod.Get, path + "/");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
        AssertConventions(await with.JsonAsync());
    }

    [Fact]
    public async Task A_trailing_slash_makes_no_difference_to_what_is_sent_either()
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var created = await founder.SendAsync(HttpMethod.Post, "api/documents/", Answer.Json("""{"title":"A"}"""));
        using var deleted = await founder.SendAsync(HttpMethod.Delete, created.Header("Location") + "/");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created.StatusCode, deleted.StatusCode));
        Assert.False(string.IsNullOrEmpty((await deleted.DataAsync()).GetProperty("message").GetString()));
    }

    private static void AssertConventions(JsonElement node)
    {
        if (node.ValueKind is JsonValueKind.Array)
            Assert.All(node.EnumerateArray(), AssertConventions);
        if (node.ValueKind is not JsonValueKind.Object)
            return;
        foreach (var member in node.EnumerateObject())
        {
            Assert.Matches(SnakeCase(), member.Name);
            // A retention policy's starts_at names a field.
            if (member.Name.EndsWith("_at", StringComparison.Ordinal) && member.Name != "starts_at" && member.Value.ValueKind is JsonValueKind.String)
                Assert.Matches(UtcMicroseconds(), member.Value.GetString());
            AssertConventions(member.Value);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$")]
    private static partial Regex UtcMicroseconds();
}
