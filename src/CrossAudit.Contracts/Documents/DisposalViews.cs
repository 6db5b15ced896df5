using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CrossAudit.Contracts.Documents;

/// <summary>A document that was destroyed.</summary>
public sealed record DisposalView
{
    /// <summary>Identifies the disposal.</summary>
    public required Guid Id { get; init; }

    /// <summary>The document that is no more.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Its title at the end.</summary>
    public required string Title { get; init; }

    /// <summary>Its type.</summary>
    public required string DocumentType { get; init; }

    /// <summary>Its label at the end. Who may see it sees the disposal.</summary>
    public required SensitivityLevel SensitivityLevel { get; init; }

    /// <summary>The department that it belonged to.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>How many versions it had.</summary>
    public required int Versions { get; init; }

    /// <summary>How many bytes they had in all.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whose policy it was under: <c>document</c>, <c>document_type</c>, <c>sensitivity_level</c> or <c>organization</c>.</summary>
    public required string RetentionSource { get; init; }

    /// <summary>Until when that kept it.</summary>
    public required DateTimeOffset RetainedUntil { get; init; }

    /// <summary>When it came into the bin.</summary>
    public required DateTimeOffset DeletedAt { get; init; }

    /// <summary>Who moved it there; null where its retention did.</summary>
    public Guid? DeletedBy { get; init; }

    /// <summary>When it was destroyed.</summary>
    public required DateTimeOffset DisposedAt { get; init; }
}

/// <summary>The proof that a document was destroyed. It can be checked without the server.</summary>
public sealed record DisposalCertificateView
{
    /// <summary>The document that is no more.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>A C2SP signed note: a line of canonical JSON (RFC 8785) that says what was destroyed, and the server's Ed25519 signature.</summary>
    public required string Certificate { get; init; }

    /// <summary>The verifier key: name, key id and public key.</summary>
    public required string PublicKey { get; init; }
}

/// <summary>Asks what would be disposed of.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetentionPreviewRequest
{
    /// <summary>Until when; a year from now where it is left out.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many documents are listed, the first to go first.</summary>
    [Range(1, 1000)]
    public int Limit { get; init; } = 50;

    /// <summary>How many are left out before.</summary>
    [Range(0, int.MaxValue)]
    public int Offset { get; init; }
}

/// <summary>What would become of a document.</summary>
public sealed record PlannedDisposalView
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its type.</summary>
    public required string DocumentType { get; init; }

    /// <summary>Its label.</summary>
    public required SensitivityLevel SensitivityLevel { get; init; }

    /// <summary>What is next: <c>bin</c>, or <c>destruction</c> for what is in the bin.</summary>
    public required string Next { get; init; }

    /// <summary>When that is due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whose policy it is under: <c>document</c>, <c>document_type</c>, <c>sensitivity_level</c> or <c>organization</c>.</summary>
    public required string RetentionSource { get; init; }

    /// <summary>That policy.</summary>
    public required RetentionPolicyView RetentionPolicy { get; init; }
}
