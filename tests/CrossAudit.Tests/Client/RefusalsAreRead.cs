using System.Net;
using CrossAudit.Client;

namespace CrossAudit.Tests.Client;

public sealed class RefusalsAreRead
{
    [Fact]
    public async Task A_problem_comes_with_all_that_it_says()
    {
        using var server = new StubServer(_ => StubServer.Text(
            """{"type":"urn:crossaudit:problem:request.invalid","title":"Bad Request","status":400,"detail":"No.","instance":"/api/auth/me","code":"request.invalid","trace_id":"abc","errors":{"title":["too long","too odd"]},"unknown":[1]}""",
            HttpStatusCode.BadRequest, "application/problem+json"));

        var refused = await Refused(server);

        Assert.Equal("request.invalid", refused.Problem.Code);
        Assert.Equal(400, refused.Problem.Status);
        Assert.Equal("abc", refused.Problem.TraceId);
        Assert.Equal("/api/auth/me", refused.Problem.Instance);
        Assert.Equal(["too long", "too odd"], refused.Problem.Errors["title"]);
        Assert.Equal("400 request.invalid: No.", refused.Message);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "text/html")]
    [InlineData("<html>no JSON at all</html>", "application/problem+json")]
    [InlineData("""{"status": "ni""", "application/problem+json")]
    [InlineData("""["a list"]""", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("", "application/problem+json")]
    public async Task What_is_no_problem_falls_back_to_the_status(string body, string mediaType)
    {
        using var server = new StubServer(_ => StubServer.Text(body, HttpStatusCode.BadGateway, mediaType));

        var refused = await Refused(server);

        Assert.Equal(502, refused.Problem.Status);
        Assert.Equal("Bad Gateway", refused.Problem.Title);
        Assert.Null(refused.Problem.Code);
        Assert.Empty(refused.Problem.Errors);
    }

    [Fact]
    public async Task A_problem_with_nulls_has_no_null_where_none_is_expected()
    {
        using var server = new StubServer(_ => StubServer.Text("""{"code":null,"errors":null,"title":null}""", HttpStatusCode.Conflict, "application/problem+json"));

        var refused = await Refused(server);

        Assert.Equal((409, "Conflict"), (refused.Problem.Status, refused.Problem.Title));
        Assert.Empty(refused.Problem.Errors);
    }

    [Fact]
    public async Task A_problem_too_long_to_be_one_is_not_read()
    {
        using var server = new StubServer(_ => StubServer.Text($$"""{"code":"a.b","detail":"{{new string('x', 300_000)}}"}""", HttpStatusCode.BadRequest, "application/problem+json"));
        using var http = new HttpClient(server) { BaseAddress = new Uri("http://stub.example") };

        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => new CrossAuditClient(http).Documents.DownloadAsync(Guid.CreateVersion7(), stop: TestContext.Current.CancellationToken));

        Assert.Null(refused.Problem.Code);
    }

    [Fact]
    public async Task A_success_that_is_not_ours_is_an_error_as_well()
    {
        using var server = new StubServer(_ => StubServer.Text("<html>Sign in to the hotel's network</html>", HttpStatusCode.OK, "text/html"));

        Assert.Equal(200, (await Refused(server)).Problem.Status);
    }

    [Fact]
    public async Task The_time_to_wait_is_passed_on()
    {
        using var server = new StubServer(_ =>
        {
            var answer = StubServer.Refusal(HttpStatusCode.TooManyRequests, "request.too_many");
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
            return answer;
        });

        Assert.Equal(TimeSpan.FromSeconds(7), (await Refused(server)).RetryAfter);
    }

    private static Task<CrossAuditException> Refused(StubServer server) =>
        Assert.ThrowsAsync<CrossAuditException>(() => server.Client().Auth.MeAsync(TestContext.Current.CancellationToken));
}
