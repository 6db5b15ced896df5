using System.Text.Json;
using CrossAudit.Server.Features.Auth;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CrossAudit.Tests.Features.Auth;

/// <summary>Tokens that others thought of: Wycheproof's attacks on verifiers and the examples of the RFCs. None of them is an access token.</summary>
public sealed class TokenVectorTests(ServerSet servers)
{
    [Fact]
    public async Task No_token_of_wycheproof_is_an_access_token_even_with_its_own_key()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var server = await servers.OnAsync(Shape.Embedded);
        var taken = new List<string>();
        var asked = 0;

        foreach (var group in Read("wycheproof-json-web-signature.json").GetProperty("testGroups").EnumerateArray())
        {
            using var ofKey = TokensWithKey(server, group.TryGetProperty("private", out var key) ? key : default);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                asked++;
                var jws = test.GetProperty("jws").ToString();
                if (await server.Services.GetRequiredService<ActorAuthenticator>().AuthenticateAsync(jws, null, TestContext.Current.CancellationToken) is not null || await ofKey.CheckAsync(jws) is not null)
                    taken.Add($"{test.GetProperty("tcId")}: {test.GetProperty("comment")}");
            }
        }

        Assert.True(asked > 300, $"The file held {asked} tokens only.");
        Assert.Empty(taken);
    }

    [Fact]
    public async Task No_example_of_the_rfcs_is_an_access_token()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var server = await servers.OnAsync(Shape.Embedded);
        var asked = 0;

        foreach (var example in Read("rfc-7515-7517-7520-examples.json").GetProperty("examples").EnumerateObject().Where(example => example.Value.TryGetProperty("jws_compact", out _)))
        {
            asked++;
            using var ofKey = TokensWithKey(server, example.Value.TryGetProperty("key", out var key) ? key : default);
            var jws = example.Value.GetProperty("jws_compact").GetString()!;
            Assert.Null(await server.Services.GetRequiredService<ActorAuthenticator>().AuthenticateAsync(jws, null, TestContext.Current.CancellationToken));
            Assert.True(await ofKey.CheckAsync(jws) is null, example.Name);
        }

        Assert.True(asked > 3);
    }

    // The group's own secret where it has one: then it is not the key that saves us.
    private static AccessTokens TokensWithKey(RunningServer server, JsonElement key) => new(
        key.ValueKind is JsonValueKind.Object && key.TryGetProperty("k", out var secret)
            ? server.Settings with { Jwt = server.Settings.Jwt with { Keys = new SigningKeys("HS256", [Base64UrlEncoder.DecodeBytes(secret.GetString())], []) } }
            : server.Settings,
        TimeProvider.System);

    private static JsonElement Read(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Folder!, "vectors", "jwt", name)));
        return file.RootElement.Clone();
    }
}
