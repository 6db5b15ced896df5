using System.Text.Json.Serialization;

namespace CrossAudit.Contracts.Health;

/// <summary>What answers at the root.</summary>
public sealed record RootView
{
    /// <summary>Name and version, for people.</summary>
    public required string Message { get; init; }

    /// <summary>Version of the API.</summary>
    public required string Version { get; init; }

    /// <summary>Where the API is described.</summary>
    public required string Docs { get; init; }

    /// <summary>Where it says how it is.</summary>
    public required string Health { get; init; }
}

/// <summary>How the server is.</summary>
public sealed record HealthView
{
    /// <summary><c>healthy</c>; <c>degraded</c> where something is away that most requests do without; <c>unhealthy</c>, with status 503, where the database is.</summary>
    public required string Status { get; init; }

    /// <summary>Version of the API.</summary>
    public required string Version { get; init; }

    /// <summary>How each thing that it stands on is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ComponentView>? Components { get; init; }
}

/// <summary>How one thing is that the server stands on.</summary>
public sealed record ComponentView
{
    /// <summary><c>healthy</c> or <c>unhealthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What is wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }
}
