using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Server.Commands;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Tests.Features.Auth;

public sealed class SigningAlgorithms(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RS256", Shape.Embedded)]
    [InlineData("ES256", Shape.Embedded)]
    [InlineData("ES256", Shape.Full)]
    public async Task Tokens_verify_with_the_published_keys_and_nothing_else_of_ours(string algorithm, Shape shape)
    {
        await using var server = await servers.StartAsync(shape, new Dictionary<string, string?> { ["JWT_ALGORITHM"] = algorithm, ["JWT_PRIVATE_KEY"] = shape == Shape.Full ? SigningKeyPairs.Create(algorithm) : null });
        var founder = await Person.FounderAsync(server);
        var document = await server.Http.GetStringAsync("/.well-known/jwks.json", Stop);

        var read = await new JsonWebTokenHandler().ValidateTokenAsync(founder.Session.AccessToken, new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(document).GetSigningKeys(),
            ValidIssuer = "crossaudit",
            ValidAudience = "crossaudit-api",
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [algorithm],
        });

        Assert.True(read.IsValid, read.Exception?.Message);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, founder.Session.AccessToken));
        var key = Assert.Single(JsonNode.Parse(document)!["keys"]!.AsArray())!.AsObject();
        Assert.Equal(key["kid"]!.GetValue<string>(), new JsonWebToken(founder.Session.AccessToken).Kid);
        Assert.All(new[] { "d", "p", "q", "dp", "dq", "qi", "k" }, secret => Assert.False(key.ContainsKey(secret), secret));
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["JWT_ALGORITHM"] = "RS256" });
        var founder = await Person.FounderAsync(server);
        var parts = founder.Session.AccessToken.Split('.');
        using var rsa = RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(SigningKeyPairs.FileIn(server.Settings.DataDirectory, "RS256"), Stop));
        var kid = new JsonWebToken(founder.Session.AccessToken).Kid;

        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportSubjectPublicKeyInfoPem() + "\n", rsa.ExportRSAPublicKeyPem(), await server.Http.GetStringAsync("/.well-known/jwks.json", Stop) })
            foreach (var header in new[] { $$"""{"alg":"HS256","typ":"at+jwt","kid":"{{kid}}"}""", """{"alg":"HS256","typ":"at+jwt"}""" })
            {
                var text = $"{Base64UrlEncoder.Encode(header)}.{parts[1]}";
                var token = $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text)))}";
                Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, token));
            }
        // Nor is our own secret, which signs refresh tokens alone here.
        var plain = $"{Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"at+jwt"}""")}.{parts[1]}";
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, $"{plain}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(server.Settings.Jwt.Keys.Secrets[0], Encoding.ASCII.GetBytes(plain)))}"));
    }

    [Fact]
    public async Task A_key_that_the_token_itself_brings_is_not_looked_at()
    {
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["JWT_ALGORITHM"] = "ES256" });
        var founder = await Person.FounderAsync(server);
        var payload = founder.Session.AccessToken.Split('.')[1];
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = own.ExportParameters(false).Q;
        var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}""";

        foreach (var extra in new[] { $"\"jwk\":{jwk}", "\"jku\":\"http://127.0.0.1:1/keys\"", "\"x5u\":\"http://127.0.0.1:1/cert\"", "\"kid\":\"../../../dev/null\"", "\"kid\":\"' OR 1=1 --\"" })
        {
            var text = $"{Base64UrlEncoder.Encode($$"""{"alg":"ES256","typ":"at+jwt",{{extra}}}""")}.{payload}";
            var token = $"{text}.{Base64UrlEncoder.Encode(own.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, token));
        }
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task After_a_rotation_new_tokens_have_the_new_key_and_old_ones_still_work(string algorithm)
    {
        using var folder = new ScratchFolder();
        var settings = new Dictionary<string, string?> { ["JWT_ALGORITHM"] = algorithm, ["CROSSAUDIT_DATA"] = folder.Path };
        string access, refresh;
        await using (var before = await RunningServer.StartAsync(settings))
        {
            var founder = await Person.FounderAsync(before);
            (access, refresh) = (founder.Session.AccessToken, founder.Session.RefreshToken);
        }

        Assert.Equal(0, RotateSigningKeyCommand.Rotate(folder.Path, algorithm));

        await using (var after = await RunningServer.StartAsync(settings))
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(after, access));
            using var answer = await after.Http.PostAsync("api/auth/refresh", Answer.Json($$"""{"refresh_token":"{{refresh}}"}"""), Stop);
            var renewed = (await answer.DataAsync()).GetProperty("access_token").GetString()!;
            Assert.Equal(HttpStatusCode.OK, await AskAsync(after, renewed));
            var keys = JsonDocument.Parse(await after.Http.GetStringAsync("/.well-known/jwks.json", Stop)).RootElement.GetProperty("keys");
            Assert.Equal(algorithm == "HS256" ? 0 : 2, keys.GetArrayLength());
            if (algorithm != "HS256")
                Assert.NotEqual(new JsonWebToken(access).Kid, new JsonWebToken(renewed).Kid);
        }

        // Rotated once more, the first key is gone, and with it what it signed.
        Assert.Equal(0, RotateSigningKeyCommand.Rotate(folder.Path, algorithm));
        await using var last = await RunningServer.StartAsync(settings);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(last, access));
    }

    private static async Task<HttpStatusCode> AskAsync(RunningServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/auth/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await server.Http.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
