using CrossAudit.Contracts.Documents;

namespace CrossAudit.Client;

/// <summary>The metadata that come with a new document's content.</summary>
public sealed record UploadFields
{
    /// <summary>The title; the file's name without its extension where left out.</summary>
    public string? Title { get; init; }

    /// <summary>What the document is about.</summary>
    public string? Description { get; init; }

    /// <summary>What kind of document it is.</summary>
    public string? DocumentType { get; init; }

    /// <summary>How closely it is held.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>The department it belongs to; the organization at large where left out.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    internal IEnumerable<(string Name, string? Value)> ToFields() =>
    [
        ("title", Title),
        ("description", Description),
        ("document_type", DocumentType),
        ("sensitivity_level", SensitivityLevel?.ToString().ToLowerInvariant()),
        ("department_id", DepartmentId?.ToString()),
        .. Tags.Select(tag => ("tags", (string?)tag)),
    ];
}
