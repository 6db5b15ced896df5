namespace CrossAudit.Server.Platform.Data;

/// <summary>What the migration does that brings retention to documents that are there already.</summary>
internal static class RetentionSchedule
{
    /// <param name="time">A time and so many days more, in the database's SQL.</param>
    public static string FillSql(Func<string, string, string> time)
    {
        var (end, grace) = (time("CASE retention_starts_at WHEN 'updated_at' THEN updated_at ELSE created_at END", "retention_days"), time("deleted_at", "30"));
        return $"""
            UPDATE documents SET
                retention_source = 'organization',
                retained_until = {end},
                grace_until = {grace},
                due_at = CASE
                    WHEN legal_hold OR (deleted_at IS NULL AND NOT retention_auto_delete) THEN NULL
                    WHEN {grace} > {end} THEN {grace}
                    ELSE {end} END;
            """;
    }
}
