using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrossAudit.Server.Platform.Data;

/// <summary>Tells a race lost to another writer from a fault.</summary>
internal static class LostRace
{
    private const int SqlitePrimaryKeyViolation = 1555;
    private const int SqliteUniqueViolation = 2067;
    private const int SqliteForeignKeyViolation = 787;
    // What ON DELETE RESTRICT is answered with.
    private const int SqliteTriggerViolation = 1811;

    // The loser sees a stale row version, or a duplicate key where its INSERT was sent before the UPDATE.
    public static bool IsLostRace(this DbUpdateException exception) => exception is DbUpdateConcurrencyException || exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqlitePrimaryKeyViolation or SqliteUniqueViolation,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure,
        _ => false,
    };

    /// <summary>Whether a row is still referred to, or refers to one that is gone.</summary>
    public static bool IsBrokenReference(this DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteForeignKeyViolation or SqliteTriggerViolation,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.ForeignKeyViolation,
        _ => false,
    };
}
