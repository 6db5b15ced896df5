using System.Text;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Tests.Engines;
using Microsoft.Extensions.Configuration;

namespace CrossAudit.Tests.Platform.Configuration;

public sealed class SigningSecretTests : IDisposable
{
    private const string Postgres = "postgresql://ada@db/audit";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_embedded_shape_makes_one_that_only_its_owner_reads_and_keeps_it()
    {
        var made = Read(null);
        var file = Path.Combine(_folder.Path, "jwt-secret.key");

        Assert.True(made.Length >= 48);
        Assert.Equal(made, Read(null));
        Assert.Equal(made, Encoding.ASCII.GetBytes(File.ReadAllText(file)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Two_folders_have_two_secrets()
    {
        using var other = new ScratchFolder();

        Assert.NotEqual(Read(null), Read(null, folder: other.Path));
    }

    [Fact]
    public void With_a_database_that_nodes_share_it_has_to_be_set()
    {
        var refused = Assert.Throws<SettingsException>(() => Read(null, Postgres));

        Assert.StartsWith("JWT_SECRET_KEY is not set", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "jwt-secret.key")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Postgres)]
    public void One_that_is_set_is_used_and_none_is_made(string? database)
    {
        const string Set = "7Qm2vX0pZr9LkWf3Bd8HsTy5NcJg1EuA";

        Assert.Equal(Encoding.UTF8.GetBytes(Set), Read(Set, database));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "jwt-secret.key")));
    }

    [Theory]
    [InlineData("7Qm2vX0pZr9LkWf3Bd8HsTy5NcJg1Eu", "shorter than 32 bytes")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "can guess")]
    [InlineData("12345671234567123456712345671234567", "can guess")]
    [InlineData("your-secret-key-change-in-production-1234567890", "can guess")]
    [InlineData("CHANGEME-CHANGEME-CHANGEME-CHANGEME-0123456789", "can guess")]
    [InlineData("CrossAudit-2024-development-signing-key", "can guess")]
    public void One_that_others_could_find_is_refused_in_both_shapes(string secret, string why)
    {
        foreach (var database in new[] { null, Postgres })
        {
            var refused = Assert.Throws<SettingsException>(() => Read(secret, database));

            Assert.StartsWith("JWT_SECRET_KEY ", refused.Message, StringComparison.Ordinal);
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, refused.Message, StringComparison.Ordinal);
        }
    }

    private byte[] Read(string? secret, string? database = null, string? folder = null) => SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { ["CROSSAUDIT_DATA"] = folder ?? _folder.Path, ["JWT_SECRET_KEY"] = secret, ["DATABASE_URL"] = database }).Build()).Jwt.Keys.Secrets[0];
}
