using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Tests.Client;

/// <summary>Answers a client's requests in place of a server, and remembers them.</summary>
internal sealed class StubServer(Func<StubRequest, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<StubRequest> _seen = new();

    public StubServer(Func<StubRequest, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public IReadOnlyList<StubRequest> Seen => [.. _seen];

    public CrossAuditClient Client(TimeProvider? clock = null) => new(new HttpClient(this) { BaseAddress = new Uri("http://stub.example/") }, clock);

    public static HttpResponseMessage Json<T>(T body, HttpStatusCode status = HttpStatusCode.OK, string mediaType = "application/json") =>
        Text(JsonSerializer.Serialize(body, CrossAuditJson.Options), status, mediaType);

    public static HttpResponseMessage Text(string body, HttpStatusCode status, string mediaType) =>
        new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, mediaType) };

    public static HttpResponseMessage Refusal(HttpStatusCode status, string code) =>
        Json(new { status = (int)status, code, detail = "No." }, status, "application/problem+json");

    public static SessionView Session(string access, string refresh) => new()
    {
        AccessToken = access,
        RefreshToken = refresh,
        ExpiresIn = 1800,
        User = User,
        Organization = Organization,
    };

    public static UserView User { get; } = new()
    {
        Id = Guid.CreateVersion7(),
        Email = "anna@example.org",
        Timezone = "UTC",
        Language = "en",
        NotificationPreferences = [],
        IsActive = true,
        EmailVerified = true,
        MfaEnabled = false,
        CreatedAt = default,
        UpdatedAt = default,
    };

    private static OrganizationView Organization { get; } = new()
    {
        Id = Guid.CreateVersion7(),
        Name = "Acme",
        DisplayName = "Acme",
        Settings = new OrganizationSettings(),
        SubscriptionTier = "free",
        SubscriptionStatus = "active",
        IsActive = true,
        OwnerId = User.Id,
        CreatedAt = default,
        UpdatedAt = default,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var seen = new StubRequest(request.Method.Method, request.RequestUri!.PathAndQuery, request.Headers.Authorization?.Parameter, body, request.Headers.IfMatch.ToString());
        _seen.Enqueue(seen);
        return await answer(seen, cancellationToken);
    }
}

/// <summary>A request as the server would see it.</summary>
internal sealed record StubRequest(string Method, string Path, string? Token, string Body, string IfMatch);
