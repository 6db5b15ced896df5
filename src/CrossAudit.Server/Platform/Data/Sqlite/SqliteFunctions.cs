using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrossAudit.Server.Platform.Data.Sqlite;

/// <summary>
/// Gives each connection a <c>lower()</c> that knows all letters. SQLite's own knows A to Z alone, so a filter for "ÄRGER", lowered by us,
/// would not even find itself.
/// </summary>
internal sealed class SqliteFunctions : DbConnectionInterceptor
{
    public static SqliteFunctions Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => AddTo(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        AddTo(connection);
        return Task.CompletedTask;
    }

    private static void AddTo(DbConnection connection) =>
        ((SqliteConnection)connection).CreateFunction<string?, string?>("lower", text => text?.ToLowerInvariant(), isDeterministic: true);
}
