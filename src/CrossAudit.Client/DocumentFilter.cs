using CrossAudit.Contracts.Documents;

namespace CrossAudit.Client;

/// <summary>What a list of documents is narrowed to; all that is given has to hold.</summary>
public sealed record DocumentFilter
{
    /// <summary>Text that stands in the title or description.</summary>
    public string? Text { get; init; }

    /// <summary>Documents of this type.</summary>
    public string? DocumentType { get; init; }

    /// <summary>Documents with this label.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>Documents with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Documents that belong to this department, not to those below it.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Documents that this account created.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>Documents whose newest version's text is this far.</summary>
    public DocumentStatus? Status { get; init; }

    /// <summary>Documents that are under legal hold, or those that are not.</summary>
    public bool? LegalHold { get; init; }

    /// <summary>With true, documents whose label is below the one that their text suggests; with false, the others.</summary>
    public bool? UnderLabelled { get; init; }

    /// <summary>The order: fields separated by commas, with a <c>-</c> before what is to descend, such as <c>title,-updated_at</c>. Newest first where left out.</summary>
    public string? Sort { get; init; }

    internal Query On(string path) => new Query(path)
        .With("q", Text)
        .With("document_type", DocumentType)
        .With("sensitivity_level", SensitivityLevel)
        .With("tag", Tag)
        .With("department_id", DepartmentId)
        .With("created_by", CreatedBy)
        .With("status", Status)
        .With("legal_hold", LegalHold)
        .With("under_labelled", UnderLabelled)
        .With("sort", Sort);
}
