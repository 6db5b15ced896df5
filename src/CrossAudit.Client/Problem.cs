namespace CrossAudit.Client;

/// <summary>Why a request was refused: problem details (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>The HTTP status; 0 for a frame that a socket refused.</summary>
    public int Status { get; init; }

    /// <summary>The stable code, such as <c>auth.invalid_credentials</c>; null where something other than the API answered, such as a proxy.</summary>
    public string? Code { get; init; }

    /// <summary>The kind of problem as a URI.</summary>
    public string? Type { get; init; }

    /// <summary>The status in words.</summary>
    public string? Title { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>The path that was asked.</summary>
    public string? Instance { get; init; }

    /// <summary>Finds the request in the server's log and audit trail.</summary>
    public string? TraceId { get; init; }

    /// <summary>What is wrong with which field, where the request was not valid.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
