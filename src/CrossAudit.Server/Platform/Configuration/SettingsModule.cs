using DotNetEnv.Configuration;
using MimeKit;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>Turns environment variables and <c>.env</c> into <see cref="Settings"/>, or stops the start.</summary>
internal static class SettingsModule
{
    private static readonly string[] EveryAddress = ["//0.0.0.0", "//[::]", "//*", "//+"];

    /// <summary>The environment over <c>.env</c> in the working folder; nothing else configures the server.</summary>
    public static IConfiguration FromEnvironment() =>
        new ConfigurationBuilder()
            .AddDotNetEnv(".env", new DotNetEnv.LoadOptions(setEnvVars: false, clobberExistingVars: false, onlyExactPath: true))
            .AddEnvironmentVariables()
            .Build();

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static Settings Read(IConfiguration source)
    {
        var read = new SettingsReader(source);
        var data = PrivateFolder.EnsureWritable(DataDirectory(read));
        var postgres = read.Text("DATABASE_URL") is { } url ? PostgresUrl.ToConnectionString(url) : null;
        var urls = ListenUrls(read);
        var keys = SigningKeys.Read(read, data, mayCreate: postgres is null);
        var publicUrl = read.HttpUrl("CROSSAUDIT_PUBLIC_URL") ?? OwnUrl(urls[0]);
        return new Settings
        {
            DataDirectory = data,
            Urls = urls,
            PublicUrl = publicUrl,
            PostgresConnection = postgres,
            RedisConnection = read.Text("REDIS_URL") is { } redis ? RedisUrl.Parse(redis) : null,
            S3 = S3(read),
            Smtp = Smtp(read),
            MailFrom = MailFrom(read, publicUrl),
            Jwt = new JwtSettings(
                keys,
                TimeSpan.FromMinutes(read.Number("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", 30, 1, 1440)),
                TimeSpan.FromDays(read.Number("JWT_REFRESH_TOKEN_EXPIRE_DAYS", 7, 1, 365)),
                TimeSpan.FromDays(read.Number("SESSION_EXPIRE_DAYS", 90, 1, 3650))),
            EncryptionKeys = SigningSecrets.ReadEncryptionKeys(read, data, postgres is null, keys.Secrets),
            BlobEncryptionKeys = BlobEncryptionKeys.Read(read),
            RequestsPerMinute = (int)read.Number("RATE_LIMIT_PER_MINUTE", 600, 0, 1_000_000),
            MaxFileSize = read.Number("MAX_FILE_SIZE", 100L * 1024 * 1024, 1024, 10L * 1024 * 1024 * 1024),
            AllowedOrigins = AllowedOrigins(read),
            AllowedHosts = AllowedHosts(read, urls, publicUrl),
            TrustedProxies = [.. (read.List("TRUSTED_PROXIES") ?? []).Select(ProxyNetwork.Parse)],
            CheckpointDirectory = read.Text("AUDIT_CHECKPOINT_DIRECTORY") is { } checkpoints ? Path.GetFullPath(checkpoints) : null,
            Debug = read.Switch("DEBUG", false),
        };
    }

    /// <summary>Where the embedded engines keep what they write: an absolute path.</summary>
    public static string DataDirectory(SettingsReader read) => Path.GetFullPath(read.Text("CROSSAUDIT_DATA", "./data"));

    private static string[] ListenUrls(SettingsReader read)
    {
        var urls = read.Text("CROSSAUDIT_URLS", "http://127.0.0.1:9000").Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrong = Array.Find(urls, url => !Uri.TryCreate(url.Replace("//*", "//host", StringComparison.Ordinal).Replace("//+", "//host", StringComparison.Ordinal), UriKind.Absolute, out var parsed) || parsed.Scheme != Uri.UriSchemeHttp);
        return wrong is null && urls.Length > 0
            ? Array.ConvertAll(urls, url => url.TrimEnd('/'))
            : throw SettingsReader.Refuse("CROSSAUDIT_URLS", wrong ?? "", "addresses to listen on, such as http://127.0.0.1:9000; TLS is a proxy's");
    }

    // What listens on every address is not reached by that: the machine's own name for itself is the one that always works.
    private static Uri OwnUrl(string listens) =>
        new(EveryAddress.Aggregate(listens, (url, every) => url.Replace(every, "//localhost", StringComparison.Ordinal)));

    private static string MailFrom(SettingsReader read, Uri publicUrl)
    {
        var from = read.Text("SMTP_FROM", $"CrossAudit <no-reply@{publicUrl.Host}>");
        return MailboxAddress.TryParse(from, out var parsed) && parsed.Address.Contains('@', StringComparison.Ordinal)
            ? from
            : throw SettingsReader.Refuse("SMTP_FROM", from, "an address such as CrossAudit <no-reply@example.com>");
    }

    private static IReadOnlyList<string> AllowedOrigins(SettingsReader read)
    {
        var origins = read.List("ALLOWED_ORIGINS") ?? [];
        // A browser sends scheme, host and port; whatever else is written here would never match.
        var wrong = origins.FirstOrDefault(origin => origin != "*" && !(Uri.TryCreate(origin, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && parsed.PathAndQuery == "/"));
        return wrong is null ? [.. origins.Select(origin => origin.TrimEnd('/'))] : throw SettingsReader.Refuse("ALLOWED_ORIGINS", wrong, "origins such as https://console.example.com, separated by commas");
    }

    // A server on loopback answers to loopback's names alone: a page in a browser on the same machine could otherwise reach it by DNS rebinding.
    // Those names are always answered, for probes on the machine itself.
    private static string[] AllowedHosts(SettingsReader read, string[] urls, Uri publicUrl)
    {
        string[] own = ["localhost", "127.0.0.1", "[::1]", publicUrl.Host];
        if (read.List("ALLOWED_HOSTS") is { } set)
            return [.. set.Select(HostPattern.Parse), .. own];
        return Array.TrueForAll(urls, url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.IsLoopback) ? own : ["*"];
    }

    private static S3Settings? S3(SettingsReader read)
    {
        if (read.Text("MINIO_ENDPOINT") is not { } endpoint)
            return null;
        const string Because = "MINIO_ENDPOINT is set";
        var scheme = read.Switch("MINIO_SECURE", false) ? "https" : "http";
        if (!Uri.TryCreate(endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"{scheme}://{endpoint}", UriKind.Absolute, out var url))
            throw SettingsReader.Refuse("MINIO_ENDPOINT", endpoint, "a host and port, such as minio:9000");
        return new S3Settings(url, read.Required("MINIO_ACCESS_KEY", Because), read.Required("MINIO_SECRET_KEY", Because), read.Text("MINIO_BUCKET", "crossaudit"));
    }

    private static SmtpSettings? Smtp(SettingsReader read) =>
        read.Text("SMTP_HOST") is { } host
            ? new SmtpSettings(host, read.Number("SMTP_PORT", 587, 1, 65535), read.Text("SMTP_USER"), read.Text("SMTP_PASSWORD"), read.Switch("SMTP_TLS", true))
            : null;
}
