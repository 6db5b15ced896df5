namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// What the database itself refuses: to change or delete events and their tree. Let through are the first number that an event gets, personal values that become null (erasure), and the
/// deletion of events that retention has given up, whose leaves stay. Whoever may drop triggers can get around this, and then it shows in the tree: see docs/audit/threat-model.md.
/// </summary>
internal static class AuditImmutability
{
    private static readonly string[] Fixed =
    [
        "id", "organization_id", "actor_user_id", "actor_type", "action", "resource_type", "resource_id", "target_user_id", "session_id", "correlation_id", "severity", "sensitivity", "outcome",
        "created_at", "entry", "details_hash",
    ];

    private static readonly string[] Personal = ["salt", "actor_label", "ip_address", "user_agent", "changes", "metadata"];

    public static string Sqlite { get; } = $"""
        CREATE TRIGGER audit_events_update BEFORE UPDATE OF {Content} ON audit_events WHEN {Changed("IS NOT")}
        BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END;
        CREATE TRIGGER audit_events_number BEFORE UPDATE OF sequence ON audit_events WHEN OLD.sequence IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an audit event keeps its number'); END;
        CREATE TRIGGER audit_events_delete BEFORE DELETE ON audit_events WHEN {Kept}
        BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;
        CREATE TRIGGER audit_trees_update BEFORE UPDATE ON audit_trees WHEN {Shrinks}
        BEGIN SELECT RAISE(ABORT, 'an audit tree only grows'); END;
        CREATE TRIGGER audit_trees_delete BEFORE DELETE ON audit_trees
        BEGIN SELECT RAISE(ABORT, 'audit trees are never deleted'); END;
        CREATE TRIGGER audit_tiles_update BEFORE UPDATE ON audit_tiles
        BEGIN SELECT RAISE(ABORT, 'audit tiles are never changed'); END;
        CREATE TRIGGER audit_tiles_delete BEFORE DELETE ON audit_tiles
        BEGIN SELECT RAISE(ABORT, 'audit tiles are never deleted'); END;
        """;

    public static string Postgres { get; } = $"""
        CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% refuses %: the audit trail is only ever added to', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END $$;
        CREATE FUNCTION audit_is_kept(organization uuid, number bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
            SELECT number IS NULL OR number >= COALESCE((SELECT kept_from FROM audit_trees WHERE organization_id = COALESCE(organization, '00000000-0000-0000-0000-000000000000')), 0) $$;
        CREATE TRIGGER audit_events_update BEFORE UPDATE OF {Content} ON audit_events FOR EACH ROW WHEN ({Changed("IS DISTINCT FROM")}) EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_events_number BEFORE UPDATE OF sequence ON audit_events FOR EACH ROW WHEN (OLD.sequence IS NOT NULL) EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_events_delete BEFORE DELETE ON audit_events FOR EACH ROW WHEN (audit_is_kept(OLD.organization_id, OLD.sequence)) EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_events_truncate BEFORE TRUNCATE ON audit_events EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_trees_update BEFORE UPDATE ON audit_trees FOR EACH ROW WHEN ({Shrinks}) EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_trees_delete BEFORE DELETE ON audit_trees FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_trees_truncate BEFORE TRUNCATE ON audit_trees EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_tiles_change BEFORE UPDATE OR DELETE ON audit_tiles FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_tiles_truncate BEFORE TRUNCATE ON audit_tiles EXECUTE FUNCTION audit_refuse();
        """;

    public const string SqliteDrop = """
        DROP TRIGGER audit_events_update; DROP TRIGGER audit_events_number; DROP TRIGGER audit_events_delete; DROP TRIGGER audit_trees_update; DROP TRIGGER audit_trees_delete;
        DROP TRIGGER audit_tiles_update; DROP TRIGGER audit_tiles_delete;
        """;

    // The triggers go with their functions.
    public const string PostgresDrop = "DROP FUNCTION audit_refuse() CASCADE; DROP FUNCTION audit_is_kept(uuid, bigint) CASCADE;";

    private const string Shrinks = "NEW.organization_id <> OLD.organization_id OR NEW.size < OLD.size OR NEW.kept_from < OLD.kept_from";

    private const string Kept = "OLD.sequence IS NULL OR OLD.sequence >= COALESCE((SELECT kept_from FROM audit_trees WHERE organization_id = COALESCE(OLD.organization_id, '00000000-0000-0000-0000-000000000000')), 0)";

    // Sealing sets the number alone, of many rows at a time: that nothing else changes need not be looked at then.
    private static string Content => string.Join(", ", [.. Fixed, .. Personal]);

    private static string Changed(string differs) => string.Join(
        " OR ",
        [
            .. Fixed.Select(column => $"NEW.{column} {differs} OLD.{column}"),
            .. Personal.Select(column => $"(NEW.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})"),
        ]);
}
