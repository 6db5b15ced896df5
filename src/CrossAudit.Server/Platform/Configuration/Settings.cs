using System.Net;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>Everything an operator can set, read once at start and checked as a whole. <c>docs/configuration.md</c> lists the names.</summary>
internal sealed record Settings
{
    /// <summary>Where the embedded engines keep what they write: an absolute path.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The addresses to listen on.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The address people reach the server at, for links in mails.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>Npgsql connection string, or null for SQLite in <see cref="DataDirectory"/>.</summary>
    public required string? PostgresConnection { get; init; }

    /// <summary>How to reach Redis, or null for in-process messaging.</summary>
    public required ConfigurationOptions? RedisConnection { get; init; }

    /// <summary>The S3 store, or null for a folder in <see cref="DataDirectory"/>.</summary>
    public required S3Settings? S3 { get; init; }

    /// <summary>The mail server, or null for <c>.eml</c> files in <see cref="DataDirectory"/>.</summary>
    public required SmtpSettings? Smtp { get; init; }

    /// <summary>The address mails come from.</summary>
    public required string MailFrom { get; init; }

    /// <summary>How tokens are signed and how long they live.</summary>
    public required JwtSettings Jwt { get; init; }

    /// <summary>What secrets that have to be read again are sealed with. The first seals; the others still open.</summary>
    public required IReadOnlyList<byte[]> EncryptionKeys { get; init; }

    /// <summary>What the keys of organizations' files are wrapped with; empty where files are stored as they are. The first wraps; the others still unwrap.</summary>
    public required IReadOnlyList<byte[]> BlobEncryptionKeys { get; init; }

    /// <summary>How many requests a minute a caller has; 0 for no limit.</summary>
    public required int RequestsPerMinute { get; init; }

    /// <summary>Whether requests are limited, and guessing passwords and codes is slowed down; only benchmarks go without.</summary>
    public bool IsThrottled => RequestsPerMinute > 0;

    /// <summary>The most bytes of an uploaded file.</summary>
    public required long MaxFileSize { get; init; }

    /// <summary>Origins that browsers may call from; none by default.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary>Values of <c>Host</c> that are answered; <c>*</c> for any.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>Proxies that are believed when they tell the client's address and scheme; none by default.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>The folder that takes checkpoints of the audit logs; null where they are not published.</summary>
    public required string? CheckpointDirectory { get; init; }

    /// <summary>Whether log lines say more. It never loosens a check.</summary>
    public required bool Debug { get; init; }

    /// <summary>Whether everything runs in this process and this machine's folder.</summary>
    public bool IsEmbedded => PostgresConnection is null && RedisConnection is null && S3 is null;

    public string DatabaseFile => Path.Combine(DataDirectory, "crossaudit.db");
    public string BlobDirectory => Path.Combine(DataDirectory, "blobs");
    public string MailDirectory => Path.Combine(DataDirectory, "mail");
    public string WorkDirectory => Path.Combine(DataDirectory, "tmp");
}

/// <summary>An S3 or MinIO store.</summary>
internal sealed record S3Settings(Uri Endpoint, string AccessKey, string SecretKey, string Bucket);

/// <summary>A mail server.</summary>
/// <param name="RequireTls">Whether mail is refused to a server that does not offer TLS.</param>
internal sealed record SmtpSettings(string Host, int Port, string? Username, string? Password, bool RequireTls);

/// <summary>How tokens are signed and how long they live.</summary>
/// <param name="RefreshLifetime">How long a session may go without being renewed.</param>
/// <param name="SessionLifetime">How long a session lasts at most, however often it is renewed.</param>
internal sealed record JwtSettings(SigningKeys Keys, TimeSpan AccessLifetime, TimeSpan RefreshLifetime, TimeSpan SessionLifetime)
{
    public const string Issuer = "crossaudit";
    public const string Audience = "crossaudit-api";
}
