using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CrossAudit.Tests.Platform.OpenApi;

/// <summary>
/// Validation is made by a generator that passes over what it does not understand, silently. So each kind of request is sent wrong once, and
/// the refusal has to name the field as the caller does.
/// </summary>
public class InvalidRequestsAreRefused(RunningApi api) : IClassFixture<RunningApi>
{
    private const string Nobody = "00000000-0000-7000-8000-000000000000";

    [Theory]
    [InlineData("POST", "/api/auth/register", """{"email": "nowhere", "password": "an unusual passphrase"}""", "email")]
    [InlineData("POST", "/api/auth/register", """{"email": "bob@example.com", "password": "an unusual passphrase", "first_name": "\u0000"}""", "first_name")]
    [InlineData("POST", "/api/auth/login", """{"email": "", "password": "x"}""", "email")]
    [InlineData("POST", "/api/auth/refresh", """{"refresh_token": "\u0000"}""", "refresh_token")]
    [InlineData("POST", "/api/auth/organizations", """{"name": ""}""", "name")]
    [InlineData("POST", "/api/organizations", """{"name": "x", "website": "no address"}""", "website")]
    [InlineData("POST", "/api/organizations/invitations/accept", "{}", "token")]
    [InlineData("POST", "/api/documents", """{"title": ""}""", "title")]
    [InlineData("POST", "/api/documents", """{"title": "x", "document_type": ""}""", "document_type")]
    [InlineData("PUT", "/api/documents/" + Nobody, """{"title": null}""", "title")]
    [InlineData("POST", "/api/documents/search", """{"query": "x", "mode": "some"}""", "mode")]
    [InlineData("POST", "/api/documents/search", """{"query": "x", "min_confidence": 2}""", "min_confidence")]
    [InlineData("POST", "/api/chat/threads", "{}", "name")]
    [InlineData("PUT", "/api/chat/threads/" + Nobody, """{"name": ""}""", "name")]
    [InlineData("POST", "/api/chat/threads/" + Nobody + "/messages", """{"content": ""}""", "content")]
    [InlineData("PUT", "/api/chat/threads/" + Nobody + "/read", """{"sequence_number": -1}""", "sequence_number")]
    [InlineData("PUT", "/api/chat/messages/" + Nobody, "{}", "content")]
    [InlineData("GET", "/api/documents?limit=0", null, "limit")]
    [InlineData("GET", "/api/audit/logs?actor_type=ghost", null, "actor_type")]
    [InlineData("GET", "/api/audit/logs?sort=title", null, "sort")]
    public async Task The_field_is_named_as_on_the_wire(string method, string path, string? body, string field)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        var errors = problem["errors"]!.AsObject();
        Assert.Equal(field, Assert.Single(errors).Key);
        // No word of ours: a property's name would show by a capital inside of a sentence, a type's by its own.
        Assert.All(errors[field]!.AsArray(), why => Assert.DoesNotMatch("(?-i)(?<!^)\\b[A-Z][a-z]+|Attribute|array type", why!.GetValue<string>()));
    }

    [Fact]
    public async Task A_refusal_for_want_of_a_sign_in_says_how_to_sign_in()
    {
        using var answer = await api.Client.PostAsJsonAsync("/api/auth/login", new { email = "ada@example.com", password = "another passphrase" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }
}
