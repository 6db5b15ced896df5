namespace CrossAudit.Server.Platform.Http;

/// <summary>What a route asks of its caller, as endpoint metadata: for those who describe routes and know nothing of roles.</summary>
internal interface IAccessRule
{
    /// <summary>The permission needed; null where being signed in is enough.</summary>
    string? Permission { get; }
}
