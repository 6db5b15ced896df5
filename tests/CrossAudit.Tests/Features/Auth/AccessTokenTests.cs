using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Tests.Features.Auth;

public sealed class AccessTokenTests(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_token_is_an_at_jwt_with_the_claims_of_the_contract(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));

        var token = new JsonWebToken(founder.Session.AccessToken);

        Assert.Equal(("at+jwt", "HS256", "crossaudit"), (token.Typ, token.Alg, token.Issuer));
        Assert.Equal(["crossaudit-api"], token.Audiences);
        Assert.Equal((founder.Id.ToString(), founder.Email, founder.OrganizationId.ToString()), (token.Subject, token.GetClaim("email").Value, token.GetClaim("org_id").Value));
        Assert.All(new[] { "sid", "jti" }, name => Assert.True(Guid.TryParse(token.GetClaim(name).Value, out _), name));
        Assert.Equal("pwd", token.GetClaim("amr").Value);
        Assert.Equal(founder.Session.ExpiresIn, (token.ValidTo - token.IssuedAt).TotalSeconds);
        Assert.DoesNotContain(founder.Session.RefreshToken, founder.Session.AccessToken, StringComparison.Ordinal);
    }

    [Theory, EveryShape]
    public async Task Whatever_we_did_not_sign_as_an_access_token_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var stranger = await Person.FounderAsync(server);
        var own = founder.Session.AccessToken.Split('.');
        var key = server.Settings.Jwt.Keys.Secrets[0];
        var (header, payload) = (Decode(own[0]), Decode(own[1]));
        // The premise: a token made here as the server makes them is taken.
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, Sign(header, payload, key)));
        var taken = JsonNode.Parse(payload)!.AsObject();
        taken["sid"] = new JsonWebToken(stranger.Session.AccessToken).GetClaim("sid").Value;

        var tokens = new Dictionary<string, string>
        {
            ["tampered payload"] = $"{own[0]}.{Encode(taken.ToJsonString())}.{own[2]}",
            ["tampered signature"] = $"{own[0]}.{own[1]}.{(own[2][0] == 'A' ? 'B' : 'A')}{own[2][1..]}",
            ["no signature"] = $"{own[0]}.{own[1]}.",
            ["two parts"] = $"{own[0]}.{own[1]}",
            ["alg none"] = $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{own[1]}.",
            ["alg None, with the signature"] = $"{Encode("""{"alg":"None","typ":"at+jwt"}""")}.{own[1]}.{own[2]}",
            ["another key"] = Sign(header, payload, RandomNumberGenerator.GetBytes(48)),
            ["an empty key"] = Sign(header, payload, []),
            ["another hash"] = Sign("""{"alg":"HS512","typ":"at+jwt"}""", payload, key, HMACSHA512.HashData),
            ["another algorithm's name"] = Sign("""{"alg":"RS256","typ":"at+jwt"}""", payload, key),
            ["another type"] = Sign("""{"alg":"HS256","typ":"JWT"}""", payload, key),
            ["no type"] = Sign("""{"alg":"HS256"}""", payload, key),
            ["another issuer"] = Sign(header, With(payload, "iss", "somebody"), key),
            ["another audience"] = Sign(header, With(payload, "aud", "somebody"), key),
            ["no session"] = Sign(header, With(payload, "sid", null), key),
            ["another session's id"] = Sign(header, With(payload, "sid", Guid.CreateVersion7().ToString()), key),
            ["another organization"] = Sign(header, With(payload, "org_id", stranger.OrganizationId.ToString()), key),
            ["an extension that must be understood"] = Sign("""{"alg":"HS256","typ":"at+jwt","crit":["exp"]}""", payload, key),
            ["an unencoded payload"] = Sign("""{"alg":"HS256","typ":"at+jwt","b64":false,"crit":["b64"]}""", payload, key),
            ["more than a token ever is"] = Sign(header, With(payload, "padding", new string('x', 20_000)), key),
            ["no expiry"] = Sign(header, With(payload, "exp", null), key),
            ["a refresh token"] = founder.Session.RefreshToken,
            ["nothing"] = "",
            ["no token at all"] = "....",
        };
        foreach (var (what, token) in tokens)
            Assert.True(await AskAsync(server, token) == HttpStatusCode.Unauthorized, $"{what} was taken as an access token");
    }

    [Fact]
    public async Task A_token_ends_at_its_time()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await servers.StartAsync(Shape.Embedded, configure: services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(server);

        clock.Advance(TimeSpan.FromSeconds(founder.Session.ExpiresIn - 2));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, founder.Session.AccessToken));
        clock.Advance(TimeSpan.FromSeconds(2));
        using var expired = await founder.SendAsync(HttpMethod.Get, "api/auth/me");

        await expired.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
        Assert.StartsWith("Bearer", expired.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(RunningServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/auth/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await server.Http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static string With(string payload, string claim, string? value)
    {
        var claims = JsonNode.Parse(payload)!.AsObject();
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = value;
        return claims.ToJsonString();
    }

    private static string Sign(string header, string payload, byte[] key, Func<byte[], byte[], byte[]>? hash = null)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode((hash ?? HMACSHA256.HashData)(key, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);

    private static string Decode(string text) => Base64UrlEncoder.Decode(text);
}
