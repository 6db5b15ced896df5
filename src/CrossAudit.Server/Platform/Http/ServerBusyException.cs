namespace CrossAudit.Server.Platform.Http;

/// <summary>There is more to do than can wait: answered with 503 and a <c>Retry-After</c>.</summary>
internal sealed class ServerBusyException(string message) : Exception(message);
