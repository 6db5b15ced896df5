using System.Net;
using System.Text;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Client;

public sealed class TokensAreRenewed
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_that_find_the_token_expired_at_once_share_one_renewal()
    {
        using var server = new StubServer(async (request, stop) =>
        {
            await Task.Delay(10, stop);
            return Answer(request);
        });
        var client = server.Client();
        client.Tokens = new SessionTokens("old", "refresh-1");

        var users = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.Auth.MeAsync(Stop)));

        Assert.Equal(20, users.Length);
        Assert.Single(server.Seen, IsRefresh);
        Assert.Equal(20, server.Seen.Count(request => request.Token == "new"));
        Assert.Equal("refresh-2", client.Tokens!.RefreshToken);
    }

    [Fact]
    public async Task A_token_known_to_have_expired_is_renewed_before_it_is_sent()
    {
        using var server = new StubServer(Answer);
        var clock = new FakeTimeProvider();
        var client = server.Client(clock);
        client.Tokens = new SessionTokens("old", "refresh-1", clock.GetUtcNow().AddMinutes(30));
        clock.Advance(TimeSpan.FromMinutes(30));

        await client.Auth.MeAsync(Stop);

        Assert.DoesNotContain(server.Seen, request => request.Token == "old");
        Assert.Equal(clock.GetUtcNow().AddMinutes(30), client.Tokens!.ExpiresAt);
    }

    [Fact]
    public async Task Whoever_keeps_the_tokens_hears_of_each_change()
    {
        using var server = new StubServer(Answer);
        var client = server.Client();
        var heard = new List<string?>();
        client.TokensChanged += tokens => heard.Add(tokens?.RefreshToken);

        await client.Auth.RefreshAsync("refresh-1", Stop);
        await client.Auth.RefreshAsync(Stop);
        await client.Auth.LogoutAsync(Stop);

        Assert.Equal(["refresh-2", "refresh-3", null], heard);
        Assert.Null(client.Tokens);
    }

    [Fact]
    public async Task A_session_that_is_over_is_forgotten_and_the_request_is_refused_in_its_own_words()
    {
        using var server = new StubServer(request => IsRefresh(request)
            ? StubServer.Refusal(HttpStatusCode.Unauthorized, "auth.invalid_refresh_token")
            : StubServer.Refusal(HttpStatusCode.Unauthorized, "auth.unauthenticated"));
        var client = server.Client();
        client.Tokens = new SessionTokens("old", "refresh-1");

        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => client.Auth.MeAsync(Stop));

        Assert.Equal("auth.unauthenticated", refused.Problem.Code);
        Assert.Null(client.Tokens);
    }

    [Fact]
    public async Task A_renewal_that_fails_for_another_reason_keeps_the_tokens()
    {
        using var server = new StubServer(request => IsRefresh(request)
            ? StubServer.Refusal(HttpStatusCode.ServiceUnavailable, "server.unavailable")
            : StubServer.Refusal(HttpStatusCode.Unauthorized, "auth.unauthenticated"));
        var client = server.Client();
        client.Tokens = new SessionTokens("old", "refresh-1");

        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => client.Auth.MeAsync(Stop));

        Assert.Equal(503, refused.Problem.Status);
        Assert.Equal("refresh-1", client.Tokens!.RefreshToken);
    }

    [Fact]
    public async Task A_bare_token_is_never_renewed()
    {
        using var server = new StubServer(Answer);
        var client = server.Client();
        client.Tokens = new SessionTokens("new", "refresh-1");

        await Assert.ThrowsAsync<CrossAuditException>(() => client.As("old").Auth.MeAsync(Stop));

        Assert.Equal("old", Assert.Single(server.Seen).Token);
    }

    [Fact]
    public async Task What_was_asked_before_somebody_else_signed_in_is_not_repeated_as_them()
    {
        var asked = new TaskCompletionSource();
        using var server = new StubServer(async (request, _) =>
        {
            if (request.Token == "old")
                await asked.Task;
            return Answer(request);
        });
        var client = server.Client();
        client.Tokens = new SessionTokens("old", "refresh-1");

        var me = client.Auth.MeAsync(Stop);
        client.Tokens = new SessionTokens("new", "refresh-of-another");
        asked.SetResult();

        await Assert.ThrowsAsync<CrossAuditException>(() => me);
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task An_upload_goes_back_to_where_its_stream_stood_and_leaves_it_open()
    {
        using var server = new StubServer(Answer);
        var client = server.Client();
        client.Tokens = new SessionTokens("old", "refresh-1");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("skipped|the bytes")) { Position = 8 };

        await client.Documents.UploadAsync(content, "a.txt", stop: Stop);

        var sent = server.Seen.Where(request => !IsRefresh(request)).ToList();
        Assert.Equal(["old", "new"], sent.Select(request => request.Token));
        Assert.All(sent, request => Assert.Contains("\r\n\r\nthe bytes\r\n", request.Body, StringComparison.Ordinal));
        Assert.True(content.CanRead);
    }

    [Fact]
    public void Tokens_do_not_show_in_logs()
    {
        var text = new SessionTokens("secret-1", "secret-2").ToString();

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    private static bool IsRefresh(StubRequest request) => request.Path == "/api/auth/refresh";

    // A server on which "old" has expired and each refresh token is followed by the next.
    private static HttpResponseMessage Answer(StubRequest request) => request switch
    {
        { Path: "/api/auth/refresh" } => StubServer.Json(Envelope.Of(StubServer.Session("new", request.Body.Contains("refresh-1", StringComparison.Ordinal) ? "refresh-2" : "refresh-3"))),
        { Token: "old" } => StubServer.Refusal(HttpStatusCode.Unauthorized, "auth.unauthenticated"),
        { Path: "/api/auth/logout" } => StubServer.Json(Envelope.Of(new Confirmation { Message = "Signed out." })),
        { Path: "/api/documents/upload" } => StubServer.Json(Envelope.Of(new UploadView
        {
            DocumentId = Guid.CreateVersion7(),
            VersionNumber = 1,
            Filename = "a.txt",
            Size = 1,
            MimeType = "text/plain",
            Checksum = "",
        })),
        _ => StubServer.Json(Envelope.Of(StubServer.User)),
    };
}
