using System.Globalization;
using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Http;

public sealed class RequestsAreTraced(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_callers_trace_is_in_the_header_the_problem_and_the_trail(Shape shape)
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var viewer = await founder.AddMemberAsync("viewer");

        using var answer = await viewer.SendAsync(
            HttpMethod.Post, "api/documents", Answer.Json("{}"), ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"), ("X-Request-Id", "order-66"));

        var problem = await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        Assert.Equal((Trace, Trace, "order-66"), (answer.Header("X-Trace-Id"), problem.GetProperty("trace_id").GetString(), answer.Header("X-Request-Id")));
        var denied = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PermissionDenied));
        Assert.Equal((Trace, "order-66"), (denied.CorrelationId, denied.Metadata!["request_id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0123-abc_DEF.456")]
    public async Task A_sane_request_id_is_echoed(string sent)
    {
        var server = await servers.OnAsync(Shape.Embedded);

        using var answer = await SendAsync(server, "health/live", sent);

        Assert.Equal(sent, answer.Header("X-Request-Id"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("<script>")]
    [InlineData("a,b")]
    [InlineData("a\"b")]
    public async Task Any_other_request_id_is_replaced(string sent)
    {
        var server = await servers.OnAsync(Shape.Embedded);

        using var answer = await SendAsync(server, "health/live", sent);
        using var long_ = await SendAsync(server, "health/live", new string('a', 129));

        Assert.Equal(answer.Header("X-Trace-Id"), answer.Header("X-Request-Id"));
        Assert.Equal(long_.Header("X-Trace-Id"), long_.Header("X-Request-Id"));
        Assert.Matches("^[0-9a-f]{32}$", answer.Header("X-Trace-Id")!);
        Assert.NotEqual(answer.Header("X-Trace-Id"), long_.Header("X-Trace-Id"));
    }

    [Theory]
    [InlineData("health/live", 200)]
    [InlineData("api/documents", 401)]
    [InlineData("nothing/here", 404)]
    [InlineData("api/auth/login", 405)]
    [InlineData("openapi.json", 200)]
    [InlineData("docs/index.html", 200)]
    public async Task Every_answer_carries_its_ids_its_time_and_what_browsers_must_not_do(string path, int status)
    {
        var server = await servers.OnAsync(Shape.Embedded);

        using var answer = await server.Http.GetAsync(path, Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Matches("^[0-9a-f]{32}$", answer.Header("X-Trace-Id")!);
        Assert.NotNull(answer.Header("X-Request-Id"));
        Assert.InRange(double.Parse(answer.Header("X-Process-Time")!, CultureInfo.InvariantCulture), 0, 60);
        Assert.Equal(("nosniff", "DENY", "no-referrer"), (answer.Header("X-Content-Type-Options"), answer.Header("X-Frame-Options"), answer.Header("Referrer-Policy")));
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains(path.StartsWith("docs", StringComparison.Ordinal) ? "script-src 'self'" : "default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("X-Powered-By"));
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, string path, string requestId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Request-Id", requestId);
        return await server.Http.SendAsync(request, Stop);
    }
}
