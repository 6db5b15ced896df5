using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrossAudit.Server.Platform.Work;

/// <summary>Tells that something which work needs is away from a fault of the work itself.</summary>
internal static class Outage
{
    // Busy, out of memory, read-only, input or output failed, full, cannot be opened: of the machine, not of a statement.
    private static readonly int[] SqliteOutages = [5, 7, 8, 10, 13, 14];

    public static bool IsOutage(this Exception failure) => failure is EngineAwayException || failure.IsDatabaseAway();

    /// <summary>Whether the database could not be reached, or did not answer in time.</summary>
    public static bool IsDatabaseAway(this Exception? failure) => failure switch
    {
        null => false,
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
        SqliteException sqlite => SqliteOutages.Contains(sqlite.SqliteErrorCode),
        InvalidOperationException or DbUpdateException or DbException => failure.InnerException.IsDatabaseAway(),
        SocketException or TimeoutException => true,
        _ => false,
    };
}
