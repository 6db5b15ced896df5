namespace CrossAudit.Server.Platform.Work;

/// <summary>Something outside is away. Work that needs it is tried again until it is back, however long that takes, and is not given up.</summary>
internal abstract class EngineAwayException(string message, Exception? cause) : Exception(message, cause);
