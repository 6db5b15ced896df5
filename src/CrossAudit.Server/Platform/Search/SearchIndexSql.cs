namespace CrossAudit.Server.Platform.Search;

/// <summary>What migrations do to the index besides making its tables.</summary>
internal static class SearchIndexSql
{
    /// <summary>Gives up the index of before, and has every text that was in it extracted and indexed again.</summary>
    /// <param name="now">The time in SQL, as the database stores it.</param>
    public static string BeginAnew(string now) => $"""
        UPDATE document_versions SET due_at = {now}, attempts = 0 WHERE id IN (SELECT version_id FROM fragments);
        UPDATE documents SET status = 'Pending' WHERE status = 'Indexed';
        DELETE FROM fragments;
        """;

    /// <summary>Has every text that search finds extracted and looked through again; it is found meanwhile.</summary>
    /// <param name="now">The time in SQL, as the database stores it.</param>
    public static string ReadAgain(string now) => $"""
        UPDATE document_versions SET due_at = {now}, attempts = 0
        WHERE indexed_text IS NOT NULL AND EXISTS (SELECT 1 FROM documents d WHERE d.id = document_versions.document_id AND d.searched_version = document_versions.number);
        """;

    /// <summary>The terms of the audit trail, kept in the order of their key: they are many and short.</summary>
    public const string SqliteTermsTable = """
        CREATE TABLE audit_terms (
            organization_id TEXT NOT NULL, term TEXT NOT NULL, block INTEGER NOT NULL, numbers BLOB NOT NULL,
            CONSTRAINT pk_audit_terms PRIMARY KEY (organization_id, term, block)) WITHOUT ROWID;
        """;

    /// <summary>Terms are compared byte by byte.</summary>
    public const string PostgresTermsStorage = """ALTER TABLE audit_terms ALTER COLUMN term TYPE text COLLATE "C";""";

    /// <summary>Blocks are small already: to try to compress them would cost more than it saves. Words are compared byte by byte.</summary>
    public const string PostgresStorage = """
        ALTER TABLE search_postings ALTER COLUMN entries SET STORAGE EXTERNAL, ALTER COLUMN positions SET STORAGE EXTERNAL, ALTER COLUMN term TYPE text COLLATE "C";
        """;
}
