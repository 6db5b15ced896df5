using System.Text.Json;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Tests.Servers;
using NSec.Cryptography;

namespace CrossAudit.Tests.Features.Documents;

/// <summary><c>crossaudit disposal verify</c> as an outsider runs it: a file, a key, and nothing else.</summary>
public sealed class CertificatesAreVerifiedOffline : IDisposable
{
    private const string Text = """{"deleted_by":"retention","disposed_at":"2026-01-31T09:05:00.000000Z","document":{"id":"019a4c21-3e4f-7a6b-8c9d-0e1f2a3b4c5d","title":"Gone"},"form":"crossaudit.disposal/1","rule":{"retained_until":"2026-01-01T00:00:00.000000Z","retention_period":10,"source":"document"},"versions":[{"version_number":1}]}""" + "\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("crossaudit-certificate-").FullName;
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);

    private string VerifierKey => SignedNote.VerifierKey("example.org", _key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    [Fact]
    public async Task The_certificate_alone_needs_a_key_and_holds_with_the_right_one()
    {
        var file = Write(SignedNote.Sign(Text, "example.org", _key));

        Assert.Equal(1, (await RunAsync(file)).Code);
        var run = await RunAsync(file, "--key", VerifierKey);
        Assert.Equal(0, run.Code);
        Assert.Contains("\"Gone\"", run.Output, StringComparison.Ordinal);
        using var other = Key.Create(SignatureAlgorithm.Ed25519);
        Assert.Equal(1, (await RunAsync(file, "--key", SignedNote.VerifierKey("example.org", other.PublicKey.Export(KeyBlobFormat.RawPublicKey)))).Code);
    }

    [Fact]
    public async Task The_answer_of_the_route_holds_until_it_is_altered()
    {
        var note = SignedNote.Sign(Text, "example.org", _key);

        Assert.Equal(0, (await RunAsync(Write(Answer(note)))).Code);
        Assert.Equal(1, (await RunAsync(Write(Answer(note.Replace("Gone", "Kept", StringComparison.Ordinal))))).Code);
        Assert.Equal(1, (await RunAsync(Write("Nonsense"))).Code);
        Assert.Equal(1, (await RunAsync(Write(Answer(SignedNote.Sign("{\"form\":\"other\"}\n", "example.org", _key))))).Code);
    }

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Answer(string note) => $$$"""{"success":true,"data":{"certificate":{{{JsonSerializer.Serialize(note)}}},"public_key":"{{{VerifierKey}}}"}}""";

    private string Write(string content)
    {
        var path = Path.Combine(_folder, $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}.txt");
        File.WriteAllText(path, content);
        return path;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => CommandRun.RunAsync(_folder, ["disposal", "verify", .. arguments]);
}
