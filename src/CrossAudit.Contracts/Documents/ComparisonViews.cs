using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Documents;

/// <summary>What changed from one version of a document to another, in the text taken out of them.</summary>
public sealed record ComparisonView
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The number of the version that is compared from.</summary>
    public required int From { get; init; }

    /// <summary>The number of the version that is compared to.</summary>
    public required int To { get; init; }

    /// <summary>Which facts of the versions differ: <c>{field: {from, to}}</c>.</summary>
    public required JsonObject Fields { get; init; }

    /// <summary>How many lines were added.</summary>
    public required int AddedLines { get; init; }

    /// <summary>How many lines were deleted.</summary>
    public required int DeletedLines { get; init; }

    /// <summary>The places that changed, with three lines before and after.</summary>
    public required IReadOnlyList<HunkView> Hunks { get; init; }

    /// <summary>The same as a unified diff; empty where nothing changed.</summary>
    public required string Unified { get; init; }
}

/// <summary>A place in the text that changed, with the lines around it.</summary>
public sealed record HunkView
{
    /// <summary>The first line in the text compared from, from 1.</summary>
    public required int FromStart { get; init; }

    /// <summary>How many lines of that text it has.</summary>
    public required int FromCount { get; init; }

    /// <summary>The first line in the text compared to, from 1.</summary>
    public required int ToStart { get; init; }

    /// <summary>How many lines of that text it has.</summary>
    public required int ToCount { get; init; }

    /// <summary>Its lines: what was deleted before what was added.</summary>
    public required IReadOnlyList<DiffLineView> Lines { get; init; }
}

/// <summary>A line of a hunk.</summary>
public sealed record DiffLineView
{
    /// <summary><c>unchanged</c>, <c>deleted</c> or <c>added</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its number in the text compared from; null if it was added.</summary>
    public int? FromLine { get; init; }

    /// <summary>Its number in the text compared to; null if it was deleted.</summary>
    public int? ToLine { get; init; }

    /// <summary>The line.</summary>
    public required string Text { get; init; }
}
