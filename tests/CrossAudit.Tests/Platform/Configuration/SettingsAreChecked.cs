using System.Security.Cryptography;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Tests.Engines;
using Microsoft.Extensions.Configuration;

namespace CrossAudit.Tests.Platform.Configuration;

public sealed class SettingsAreChecked : IDisposable
{
    private const string Secret = "tests-only: 7Qm2vX0pZr9LkWf3Bd8HsTy5NcJg1EuA";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CROSSAUDIT_URLS", "localhost:9000", "addresses to listen on")]
    [InlineData("CROSSAUDIT_URLS", "ftp://localhost", "addresses to listen on")]
    [InlineData("CROSSAUDIT_URLS", "http://localhost:99999", "addresses to listen on")]
    [InlineData("CROSSAUDIT_PUBLIC_URL", "audit.example.com", "an address such as")]
    [InlineData("CROSSAUDIT_PUBLIC_URL", "ftp://audit.example.com", "an address such as")]
    [InlineData("JWT_ALGORITHM", "none", "HS256")]
    [InlineData("JWT_ALGORITHM", "hs256", "HS256")]
    [InlineData("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "0", "a whole number from 1 to 1440")]
    [InlineData("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "half an hour", "a whole number from 1 to 1440")]
    [InlineData("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "366", "a whole number from 1 to 365")]
    [InlineData("MAX_FILE_SIZE", "100MB", "a whole number from 1024 to")]
    [InlineData("MAX_FILE_SIZE", "99999999999999999999", "a whole number from 1024 to")]
    [InlineData("DEBUG", "maybe", "true or false")]
    [InlineData("TRUSTED_PROXIES", "proxy.example.org", "addresses or networks")]
    [InlineData("TRUSTED_PROXIES", "10.1", "addresses or networks")]
    [InlineData("TRUSTED_PROXIES", "0.0.0.0/0", "addresses or networks")]
    [InlineData("TRUSTED_PROXIES", "::/0", "addresses or networks")]
    [InlineData("SMTP_FROM", "nobody at all <>", "an address such as")]
    [InlineData("CROSSAUDIT_URLS", "https://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("ALLOWED_HOSTS", "http://x", "names without scheme or port")]
    [InlineData("ALLOWED_HOSTS", "audit.example.com:9000", "names without scheme or port")]
    [InlineData("ALLOWED_HOSTS", "audit.example.com/app", "names without scheme or port")]
    [InlineData("ALLOWED_HOSTS", "audit.*.com", "names without scheme or port")]
    [InlineData("ALLOWED_ORIGINS", "console.example.org", "origins such as")]
    [InlineData("ALLOWED_ORIGINS", "https://console.example.org/app", "origins such as")]
    public void A_value_that_cannot_be_used_is_named_with_what_it_takes(string name, string value, string takes)
    {
        var line = Refused((name, value));

        Assert.StartsWith(name, line, StringComparison.Ordinal);
        Assert.Contains($"\"{value}\"", line, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(takes, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SMTP_PORT", "0", "SMTP_HOST", "mail")]
    [InlineData("SMTP_TLS", "starttls", "SMTP_HOST", "mail")]
    [InlineData("MINIO_SECURE", "https", "MINIO_ENDPOINT", "minio:9000")]
    [InlineData("MINIO_ENDPOINT", "minio:port", "MINIO_ACCESS_KEY", "a")]
    public void A_value_that_matters_beside_another_is_checked_as_well(string name, string value, string other, string otherValue)
    {
        var line = Refused((name, value), (other, otherValue));

        Assert.Contains($"{name} is \"{value}\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MINIO_ACCESS_KEY", "MINIO_SECRET_KEY")]
    [InlineData("MINIO_SECRET_KEY", "MINIO_ACCESS_KEY")]
    public void A_store_needs_its_keys(string missing, string given) =>
        Assert.Equal($"{missing} is not set. It is needed because MINIO_ENDPOINT is set.", Refused(("MINIO_ENDPOINT", "minio:9000"), (given, "key")));

    [Theory]
    [InlineData("DATABASE_URL", "mysql://root:hunter2@db/audit", "postgresql://")]
    [InlineData("DATABASE_URL", "Host=db;Password=hunter2", "postgresql://")]
    [InlineData("DATABASE_URL", "postgresql://root:hunter2@db", "postgresql://")]
    [InlineData("DATABASE_URL", "postgresql://root:hunter2@db/audit?sslmode=sometimes", "sslmode=require")]
    [InlineData("DATABASE_URL", "postgresql://root:hunter2@db/audit?surprise=1", "sslmode=require")]
    [InlineData("REDIS_URL", "cache:hunter2", "redis://")]
    [InlineData("REDIS_URL", "http://user:hunter2@cache", "redis://")]
    [InlineData("JWT_SECRET_KEY", "hunter2", "openssl rand")]
    [InlineData("BLOB_ENCRYPTION_KEY", "hunter2", "openssl rand -base64 32")]
    [InlineData("BLOB_ENCRYPTION_KEY", "aHVudGVyMmh1bnRlcjI=", "openssl rand -base64 32")]
    [InlineData("BLOB_ENCRYPTION_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "openssl rand -base64 32")]
    public void A_value_that_may_hold_a_secret_is_refused_without_being_shown(string name, string value, string takes)
    {
        var line = Refused(("JWT_SECRET_KEY", Secret), (name, value));

        Assert.StartsWith(name, line, StringComparison.Ordinal);
        Assert.Contains(takes, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Previous_master_keys_are_checked_as_well_and_need_a_current_one()
    {
        var (key, previous) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        Assert.Equal(3, Read(("BLOB_ENCRYPTION_KEY", key), ("BLOB_PREVIOUS_ENCRYPTION_KEYS", $"{previous}, {key}")).BlobEncryptionKeys.Count);
        Assert.StartsWith("BLOB_PREVIOUS_ENCRYPTION_KEYS is not 32 bytes", Refused(("BLOB_ENCRYPTION_KEY", key), ("BLOB_PREVIOUS_ENCRYPTION_KEYS", $"{previous},hunter2")), StringComparison.Ordinal);
        Assert.StartsWith("BLOB_ENCRYPTION_KEY is not set", Refused(("BLOB_PREVIOUS_ENCRYPTION_KEYS", previous)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_set_is_the_embedded_shape_on_loopback()
    {
        var settings = Read();

        Assert.True(settings.IsEmbedded);
        Assert.Equal(["http://127.0.0.1:9000"], settings.Urls);
        Assert.Equal(TimeSpan.FromMinutes(30), settings.Jwt.AccessLifetime);
        Assert.Equal(TimeSpan.FromDays(7), settings.Jwt.RefreshLifetime);
        Assert.Equal(100 * 1024 * 1024, settings.MaxFileSize);
        Assert.Empty(settings.AllowedOrigins);
        Assert.DoesNotContain("*", settings.AllowedHosts);
        Assert.Empty(settings.TrustedProxies);
        Assert.Empty(settings.BlobEncryptionKeys);
        Assert.True(settings.IsThrottled);
        Assert.False(settings.Debug);
    }

    [Theory]
    [InlineData("http://0.0.0.0:9000")]
    [InlineData("http://*:9000")]
    [InlineData("http://+:9000")]
    [InlineData("http://[::]:9000")]
    public void A_server_on_every_address_is_reached_by_a_name(string urls)
    {
        var settings = Read(("CROSSAUDIT_URLS", urls));

        Assert.Equal(new Uri("http://localhost:9000"), settings.PublicUrl);
        Assert.Contains("*", settings.AllowedHosts);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*.example.com")]
    [InlineData("audit.example.com")]
    [InlineData("b\u00fccher.example")]
    [InlineData("10.0.0.1")]
    [InlineData("[2001:db8::1]")]
    public void What_a_request_can_name_is_an_allowed_host(string name) => Assert.Contains(name, Read(("ALLOWED_HOSTS", name)).AllowedHosts);

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData(" on ", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void A_switch_takes_the_usual_words(string value, bool on) => Assert.Equal(on, Read(("DEBUG", value)).Debug);

    private string Refused(params (string Name, string Value)[] settings)
    {
        var message = Assert.Throws<SettingsException>(() => Read(settings)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private Settings Read(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["CROSSAUDIT_DATA"] = _folder.Path };
        foreach (var (name, value) in settings)
            all[name] = value;
        return SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
