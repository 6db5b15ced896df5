using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Documents;

/// <summary>A passage of a document: what is found and cited.</summary>
public sealed record FragmentView
{
    /// <summary>Identifies the fragment.</summary>
    public required Guid Id { get; init; }

    /// <summary>The document it stands in.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>That document's title.</summary>
    public required string DocumentTitle { get; init; }

    /// <summary>The version it stands in.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Its text.</summary>
    public required string Content { get; init; }

    /// <summary>The first 200 characters of its text.</summary>
    public required string ContentPreview { get; init; }

    /// <summary>The page it stands on, from 1; null for formats without pages.</summary>
    public int? PageNumber { get; init; }

    /// <summary>Its place among the fragments of the version, from 1.</summary>
    public required int ParagraphNumber { get; init; }

    /// <summary>What it is: a heading, a paragraph, a table…</summary>
    public required FragmentType FragmentType { get; init; }

    /// <summary>Its language as a BCP 47 tag; <c>und</c> where it is none that is known, null where nothing tells it.</summary>
    public string? Language { get; init; }

    /// <summary>How sure the extraction is that text and structure are as in the document, 0 to 1.</summary>
    public required double ConfidenceScore { get; init; }

    /// <summary>The label of its document.</summary>
    public required SensitivityLevel SensitivityLevel { get; init; }

    /// <summary>Free-form facts, such as the <c>heading_path</c>.</summary>
    public required JsonObject Metadata { get; init; }

    /// <summary>The tags of its document.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Where it begins in the version's whole text, in UTF-16 code units.</summary>
    public required int CharStart { get; init; }

    /// <summary>Where it ends there; the first unit after it.</summary>
    public required int CharEnd { get; init; }

    /// <summary>When it was extracted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One hit of a search.</summary>
public sealed record SearchHit
{
    /// <summary>The passage found.</summary>
    public required FragmentView Fragment { get; init; }

    /// <summary>How well it fits, 0 to 1, the best first.</summary>
    public required double Score { get; init; }

    /// <summary>1 − <see cref="Score"/>.</summary>
    public required double Distance { get; init; }

    /// <summary>Where the words stand in the passage's content.</summary>
    public required IReadOnlyList<Highlight> Highlights { get; init; }
}

/// <summary>A stretch of a passage that the query's words match.</summary>
public sealed record Highlight
{
    /// <summary>Where it begins in the content, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>The first unit after it.</summary>
    public required int End { get; init; }
}
