using Npgsql;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary><c>DATABASE_URL</c>: the libpq form <c>postgresql://user:password@host:port/name?sslmode=…</c>, also as SQLAlchemy writes it.</summary>
internal static class PostgresUrl
{
    public static string ToConnectionString(string url)
    {
        if (!Uri.TryCreate(url.Replace("postgresql+asyncpg://", "postgresql://", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
            || parsed.Scheme is not ("postgres" or "postgresql") || parsed.AbsolutePath.Length < 2)
            throw SettingsReader.RefuseSecret("DATABASE_URL", "cannot be read", "postgresql://user:password@host:5432/name");
        var user = parsed.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = parsed.Host,
            Port = parsed.Port > 0 ? parsed.Port : 5432,
            Database = Uri.UnescapeDataString(parsed.AbsolutePath[1..]),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "crossaudit",
            // Statements that are used again are prepared once a connection.
            MaxAutoPrepare = 200,
            // A connection comes back as it was: nothing here sets session state, and resetting costs more than a small query.
            NoResetOnClose = true,
            Timeout = 5,
            CommandTimeout = 30,
        };
        foreach (var (name, value) in System.Web.HttpUtility.ParseQueryString(parsed.Query) is { } query ? query.AllKeys.Select(key => (key, query[key])) : [])
            Apply(builder, name, value);
        return builder.ConnectionString;
    }

    private static void Apply(NpgsqlConnectionStringBuilder builder, string? name, string? value)
    {
        var known = name switch { "sslmode" or "ssl" => "SSL Mode", "sslrootcert" => "Root Certificate", "pool_size" => "Maximum Pool Size", _ => name };
        try
        {
            builder[known ?? ""] = value;
        }
        catch (ArgumentException)
        {
            throw SettingsReader.RefuseSecret("DATABASE_URL", $"has the parameter \"{name}\" with a value that PostgreSQL's client does not know", "parameters such as sslmode=require");
        }
    }
}

/// <summary><c>REDIS_URL</c>: <c>redis://[user:password@]host:port[/database]</c>, <c>rediss://</c> for TLS.</summary>
internal static class RedisUrl
{
    // Not as one string: that form has no escape for a comma in a password.
    public static ConfigurationOptions Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("redis" or "rediss"))
            throw SettingsReader.RefuseSecret("REDIS_URL", "cannot be read", "redis://host:6379/0");
        var options = new ConfigurationOptions
        {
            EndPoints = { { parsed.Host, parsed.Port > 0 ? parsed.Port : 6379 } },
            Ssl = parsed.Scheme == "rediss",
            DefaultDatabase = int.TryParse(parsed.AbsolutePath.Trim('/'), out var database) ? database : 0,
            AbortOnConnectFail = false,
            ConnectTimeout = 2000,
            // Soon after it is back, and not minutes later because it was away for long.
            ReconnectRetryPolicy = new LinearRetry(1000),
        };
        if (parsed.UserInfo.Split(':', 2) is [var user, var password])
            (options.User, options.Password) = (user.Length > 0 ? Uri.UnescapeDataString(user) : null, Uri.UnescapeDataString(password));
        return options;
    }
}
