namespace CrossAudit.Tests.Engines;

/// <summary>What CrossAudit runs on.</summary>
public enum Shape
{
    /// <summary>Nothing but itself: SQLite, files, everything in process.</summary>
    Embedded,

    /// <summary>PostgreSQL, Redis and S3.</summary>
    Full,
}
