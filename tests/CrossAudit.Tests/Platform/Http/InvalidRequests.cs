using System.Net;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed class InvalidRequests(ServerSet servers)
{
    [Theory]
    [InlineData("api/documents?limit=0", "limit")]
    [InlineData("api/documents?limit=1001", "limit")]
    [InlineData("api/documents?limit=abc", "limit")]
    [InlineData("api/documents?offset=-1", "offset")]
    [InlineData("api/documents?cursor=nonsense", "cursor")]
    [InlineData("api/documents?cursor=_________________________________", "cursor")]
    [InlineData("api/documents?sensitivity_level=1", "sensitivity_level")]
    [InlineData("api/audit/logs?limit=1001", "limit")]
    [InlineData("api/audit/logs?severity=loud", "severity")]
    [InlineData("api/audit/logs?start_date=yesterday", "start_date")]
    [InlineData("api/organizations?limit=99999999999", "limit")]
    [InlineData("api/chat/threads?offset=x", "offset")]
    public async Task A_query_that_cannot_be_answered_names_the_parameter(string path, string parameter)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var answer = await founder.SendAsync(HttpMethod.Get, path);

        var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.Equal([parameter], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.NotEmpty(problem.GetProperty("errors").GetProperty(parameter).EnumerateArray());
    }

    [Theory]
    [InlineData("""{"title":5}""", "title")]
    [InlineData("""{"title":"A","tags":"x"}""", "tags")]
    [InlineData("""{"title":"A","sensitivity_level":"secret"}""", "sensitivity_level")]
    [InlineData("""{"title":"A","sensitivity_level":1}""", "sensitivity_level")]
    [InlineData("""{"title":""}""", "title")]
    [InlineData("""{}""", "title")]
    [InlineData("""{"title":null}""", "title")]
    [InlineData("""{"title":"A","document_type":""}""", "document_type")]
    public async Task A_field_that_is_not_what_it_should_be_is_named(string body, string field)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));
        var before = await Stored.OfAsync(await servers.OnAsync(Shape.Embedded), founder.OrganizationId);

        using var answer = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json(body));

        var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.DoesNotContain("CrossAudit.", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(before, await Stored.OfAsync(await servers.OnAsync(Shape.Embedded), founder.OrganizationId));
    }

    [Theory]
    [InlineData("""{"title":""")]
    [InlineData("""{"title":"A","tags":[""")]
    [InlineData("""{"title":"A",}""")]
    public async Task Malformed_json_is_the_fault_of_no_field(string body)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var answer = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json(body));

        var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.Contains("malformed JSON", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(problem.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task A_name_that_is_none_of_those_allowed_is_answered_with_them()
    {
        const string Names = "public, internal, confidential, restricted";
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var field = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json("""{"title":"A","sensitivity_level":"secret"}"""));
        using var item = await founder.SendAsync(HttpMethod.Post, "api/documents/search", Answer.Json("""{"query":"A","sensitivity_levels":["secret"]}"""));
        using var parameter = await founder.SendAsync(HttpMethod.Get, "api/documents?sensitivity_level=secret");

        foreach (var answer in new[] { field, item, parameter })
            Assert.Contains(Names, (await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"title\"")]
    [InlineData("""{"title":"A",}""")]
    [InlineData("""{"title":"A"} {}""")]
    [InlineData("{\"title\":\"\\ud800\"}")]
    public async Task A_body_that_is_not_the_json_of_the_route_is_invalid(string body)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));
        var before = await Stored.OfAsync(await servers.OnAsync(Shape.Embedded), founder.OrganizationId);

        using var answer = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json(body));

        var problem = await answer.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.DoesNotContain("CrossAudit.", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(before, await Stored.OfAsync(await servers.OnAsync(Shape.Embedded), founder.OrganizationId));
    }
}
