using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts.Documents;

/// <summary>Creates a document's metadata; content is uploaded as a version.</summary>
public sealed record CreateDocumentRequest
{
    /// <summary>The title.</summary>
    [Required, Text(300, MinLength = 1)]
    public string Title { get; init; } = "";

    /// <summary>What the document is about.</summary>
    [Text(5000)]
    public string? Description { get; init; }

    /// <summary>What kind of document it is, such as <c>policy</c>.</summary>
    [Text(50, MinLength = 1)]
    public string DocumentType { get; init; } = "general";

    /// <summary>How closely it is held; left out, <c>restricted</c> or the caller's own clearance, whichever is lower.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>The department it belongs to; the organization at large where left out.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Words to find it by; at most 50, each at most 100 characters.</summary>
    [MaxLength(50), Text(100, MinLength = 1)]
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];
}

/// <summary>Changes a document's metadata: an absent field is left alone, an explicit null clears one that may be empty.</summary>
public sealed record UpdateDocumentRequest
{
    /// <summary>The title.</summary>
    [Text(300, MinLength = 1)]
    public Optional<string> Title { get; init; }

    /// <summary>What the document is about.</summary>
    [Text(5000)]
    public Optional<string?> Description { get; init; }

    /// <summary>What kind of document it is.</summary>
    [Text(50, MinLength = 1)]
    public Optional<string> DocumentType { get; init; }

    /// <summary>How closely it is held; lowering it needs <c>documents.reclassify</c> and a <c>reason</c>.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>The department it belongs to: moving it needs <c>documents.write</c> here and there.</summary>
    public Optional<Guid?> DepartmentId { get; init; }

    /// <summary>Why a label is lowered.</summary>
    [Text(1000)]
    public string? Reason { get; init; }

    /// <summary>Words to find it by.</summary>
    [MaxLength(50), Text(100, MinLength = 1)]
    public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>Searches the text of documents.</summary>
public sealed record SearchRequest
{
    /// <summary>Words to find. Quotes mean a phrase, a leading <c>-</c> excludes; any text is a valid query.</summary>
    [Required, Text(1000, MinLength = 1)]
    public string Query { get; init; } = "";

    /// <summary>The most hits to answer.</summary>
    [Range(1, 100)]
    public int Limit { get; init; } = 10;

    /// <summary>How many hits to pass over.</summary>
    [Range(0, 10_000)]
    public int Offset { get; init; }

    /// <summary>Only fragments extracted with at least this confidence, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double? MinConfidence { get; init; }

    /// <summary>Only documents of these types.</summary>
    [MaxLength(100)]
    public IReadOnlyList<string>? DocumentTypes { get; init; }

    /// <summary>Only documents with these labels.</summary>
    [MaxLength(4)]
    public IReadOnlyList<SensitivityLevel>? SensitivityLevels { get; init; }

    /// <summary>Only documents with all of these tags.</summary>
    [MaxLength(50)]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Only these documents.</summary>
    [MaxLength(1000)]
    public IReadOnlyList<Guid>? DocumentIds { get; init; }

    /// <summary>Whether a hit holds <c>any</c> or <c>all</c> of the words.</summary>
    [AllowedValues("any", "all", ErrorMessage = "It is any or all.")]
    public string Mode { get; init; } = "any";

    /// <summary>Whether versions before the newest are searched too.</summary>
    public bool IncludeHistory { get; init; }
}
