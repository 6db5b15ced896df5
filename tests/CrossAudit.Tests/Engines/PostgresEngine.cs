using System.Globalization;
using Npgsql;

namespace CrossAudit.Tests.Engines;

/// <summary>A PostgreSQL cluster of the tests: trusts everyone on loopback, and does not wait for the disk.</summary>
public sealed class PostgresEngine : Engine
{
    private static readonly string? Programs = FindPrograms();

    // PostgreSQL refuses to run as root; the package brings a user for it.
    private static readonly string? User = Environment.IsPrivilegedProcess ? "postgres" : null;

    private PostgresEngine()
    {
    }

    private string Data => Path.Combine(Folder, "data");

    private protected override EngineCommand Command => new(
        Path.Combine(Programs!, "postgres"),
        [
            "-D", Data, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", "", "-c", "max_connections=1000",
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum_naptime=10s",
        ],
        Folder,
        User);

    /// <summary>Whether the programs are on this machine; if not, what to do about it.</summary>
    public static bool IsInstalled(out string why)
    {
        why = Programs is null ? "PostgreSQL was not found: apt-get install postgresql"
            : User is not null && !EngineCommand.CanChangeUser ? "PostgreSQL does not run as root, and setpriv was not found: apt-get install util-linux"
            : "";
        return why.Length == 0;
    }

    /// <summary>Makes a new, empty cluster and returns when it accepts connections.</summary>
    public static Task<PostgresEngine> StartAsync()
    {
        if (!IsInstalled(out var why))
            throw new InvalidOperationException(why);

        var engine = new PostgresEngine();
        return StartedAsync(engine, engine.InitializeAsync);
    }

    /// <summary>Makes an empty database and returns its URL, as <c>DATABASE_URL</c> takes it.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A database's name cannot be a parameter; it is quoted.
        command.CommandText = $"""CREATE DATABASE "{name.Replace("\"", "\"\"", StringComparison.Ordinal)}" """;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return $"postgresql://postgres@127.0.0.1:{Port}/{name}";
    }

    private protected override async Task PingAsync(CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(stop);
    }

    private string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Pooling=false";

    private async Task InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        if (User is not null)
            await EngineProcess.RunAsync(new("chown", [User, Data], Folder));

        await EngineProcess.RunAsync(new(
            Path.Combine(Programs!, "initdb"),
            ["-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            Folder,
            User));
    }

    /// <summary>The folder of the newest version. Debian keeps the programs out of <c>PATH</c>, one folder a version.</summary>
    private static string? FindPrograms()
    {
        const string versions = "/usr/lib/postgresql";
        var folders = Directory.Exists(versions)
            ? Directory.GetDirectories(versions)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return Path.GetDirectoryName(Executable.Find("initdb", folders)) is { } found && File.Exists(Path.Combine(found, "postgres")) ? found : null;
    }
}
