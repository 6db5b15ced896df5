using System.Text;
using System.Text.Json;
using CrossAudit.Server.Features.Webhooks.Signing;
using CrossAudit.Tests.Features.Documents.Extraction;

namespace CrossAudit.Tests.Features.Webhooks;

/// <summary>Deliveries are signed so that any library for Standard Webhooks verifies them.</summary>
public sealed class DeliveriesAreSigned
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
    private static readonly WebhookMessage Message = new("msg_1", """{"type":"document.created"}"""u8.ToArray());

    [Fact]
    public void Signatures_are_those_of_the_published_vectors()
    {
        var vectors = Vectors();
        var (symmetric, asymmetric) = (vectors.GetProperty("symmetric"), vectors.GetProperty("asymmetric_ed25519"));
        Assert.Equal(Text(symmetric, "signature"), Sign(symmetric, SharedSecret.Parse(Text(symmetric, "secret"))!));
        Assert.Equal(Text(asymmetric, "signature"), Sign(asymmetric, new PrivateSigningKey(asymmetric.GetProperty("private_key_base64").GetBytesFromBase64())));
    }

    [Fact]
    public void The_receiver_that_the_tests_verify_with_judges_as_published()
    {
        var symmetric = Vectors().GetProperty("symmetric");
        foreach (var vector in Vectors().GetProperty("verify_cases").EnumerateArray())
        {
            var key = vector.TryGetProperty("secret", out var secret) ? secret.GetString()! : Text(symmetric, "secret");
            var headers = vector.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.Ordinal);
            Assert.True(
                vector.GetProperty("valid").GetBoolean() == StandardVerification.IsValid(key, headers, Encoding.UTF8.GetBytes(Text(symmetric, "payload")), vector.GetProperty("now").GetInt64()),
                Text(vector, "name"));
        }
    }

    [Fact]
    public void While_a_secret_is_replaced_the_old_and_the_new_one_both_verify()
    {
        var (old, replaced, key, other) = (SharedSecret.Create(), SharedSecret.Create(), PrivateSigningKey.Create(), SharedSecret.Create());
        var signatures = Message.Sign(Now, [replaced, old, key]);

        Assert.All([old.Reveal(), replaced.Reveal(), key.PublicKey], known => Assert.True(Verifies(known, signatures, Message.Body)));
        Assert.False(Verifies(other.Reveal(), signatures, Message.Body));
        Assert.All([old.Reveal(), key.PublicKey], known => Assert.False(Verifies(known, signatures, [.. Message.Body, (byte)' '])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, and long enough to be one")]
    public void What_is_too_short_or_no_base64_is_no_secret(string text) => Assert.Null(SharedSecret.Parse(text));

    [Fact]
    public void A_secret_is_told_only_to_who_asks_for_it()
    {
        var secret = SharedSecret.Create();
        Assert.Equal(secret.Reveal(), SharedSecret.Parse(secret.Reveal())!.Reveal());
        Assert.DoesNotContain(secret.Reveal(), $"{secret} {JsonSerializer.Serialize(secret)}", StringComparison.Ordinal);
    }

    private static bool Verifies(string key, string signatures, byte[] body) => StandardVerification.IsValid(
        key,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["webhook-id"] = Message.Id, ["webhook-timestamp"] = WebhookMessage.Seconds(Now), ["webhook-signature"] = signatures },
        body,
        Now.ToUnixTimeSeconds());

    private static string Sign(JsonElement vector, WebhookKey key) =>
        new WebhookMessage(Text(vector, "id"), Encoding.UTF8.GetBytes(Text(vector, "payload"))).Sign(DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("timestamp").GetInt64()), [key]);

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    private static JsonElement Vectors()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        using var vectors = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Folder!, "vectors", "webhooks", "standard-webhooks.json")));
        return vectors.RootElement.Clone();
    }
}
