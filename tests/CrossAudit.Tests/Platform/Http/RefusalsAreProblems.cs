using System.Net;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed class RefusalsAreProblems(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Whoever_is_not_signed_in_is_told_how_to_be(Shape shape)
    {
        var server = await servers.OnAsync(shape);

        using var answer = await server.Http.GetAsync("api/documents", Stop);

        await answer.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Theory, EveryShape]
    public async Task Whoever_lacks_the_permission_is_told_which(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var viewer = await founder.AddMemberAsync("viewer");

        using var answer = await viewer.SendAsync(HttpMethod.Post, "api/documents", Answer.Json("""{"title":"No"}"""));

        var problem = await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        Assert.Contains("documents.write", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty((await founder.Client.Documents.ListAsync(stop: Stop)).Items);
    }

    [Theory, EveryShape]
    public async Task What_is_not_there_is_not_found(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));

        using var document = await founder.SendAsync(HttpMethod.Get, $"api/documents/{Guid.CreateVersion7()}");
        using var route = await founder.SendAsync(HttpMethod.Get, "api/nothing/here");
        using var notAnId = await founder.SendAsync(HttpMethod.Get, "api/documents/not-an-id");

        await document.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        await route.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.RouteNotFound);
        await notAnId.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.RouteNotFound);
    }

    [Fact]
    public async Task A_method_that_a_route_does_not_have_is_refused_with_those_it_has()
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var answer = await founder.SendAsync(HttpMethod.Patch, "api/documents");

        await answer.IsProblemAsync(HttpStatusCode.MethodNotAllowed, ErrorCodes.MethodNotAllowed);
        Assert.Equal(["GET", "POST"], answer.Header("Allow")!.Split(',', StringSplitOptions.TrimEntries).Order());
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_too_large()
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var answer = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json($$"""{"title":"{{new string('x', (1024 * 1024) + 1)}}"}"""));

        await answer.IsProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCodes.BodyTooLarge);
        Assert.Empty((await founder.Client.Documents.ListAsync(stop: Stop)).Items);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_of_the_wrong_media_type()
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var text = await founder.SendAsync(HttpMethod.Post, "api/documents", new StringContent("title=No"));
        using var upload = await founder.SendAsync(HttpMethod.Post, "api/documents/upload", Answer.Json("{}"));

        await text.IsProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCodes.MediaTypeUnsupported);
        await upload.IsProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCodes.MediaTypeUnsupported);
        Assert.Empty((await founder.Client.Documents.ListAsync(stop: Stop)).Items);
    }

    [Theory]
    [InlineData("""{"title":"No"}""", "text/html")]
    [InlineData("""{"title":""}""", "text/html,application/xhtml+xml")]
    [InlineData("""{"title":""}""", "application/xml")]
    [InlineData("""{"title":""}""", "image/png;q=1, application/json;q=0")]
    public async Task An_answer_is_json_whatever_is_accepted(string body, string accept)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var answer = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json(body), ("Accept", accept));
        using var missing = await founder.SendAsync(HttpMethod.Get, "api/nothing/here", null, ("Accept", accept));

        Assert.Contains("json", answer.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
        await missing.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.RouteNotFound);
    }
}
