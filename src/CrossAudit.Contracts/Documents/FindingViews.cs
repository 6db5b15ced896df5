namespace CrossAudit.Contracts.Documents;

/// <summary>What kind of personal or secret data was found in a text.</summary>
public enum FindingKind
{
    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number that its country's numbering plan knows.</summary>
    Phone,

    /// <summary>A bank account number (ISO 13616) with a right checksum.</summary>
    Iban,

    /// <summary>A payment card number with a right check digit (ISO/IEC 7812).</summary>
    PaymentCard,

    /// <summary>A number by which a state knows a person.</summary>
    NationalId,

    /// <summary>A private key, an access token or a password that opens something.</summary>
    Secret,
}

/// <summary>One place in a text with personal or secret data. The value itself is not repeated: who may read the document reads it there.</summary>
public sealed record FindingView
{
    /// <summary>What kind of data it is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>More exactly, such as <c>de_tax_id</c>, <c>visa</c> or <c>aws_access_key</c>; null where the kind says it all.</summary>
    public string? Type { get; init; }

    /// <summary>The page, from 1; null where the format has no pages.</summary>
    public int? PageNumber { get; init; }

    /// <summary>The passage, from 1.</summary>
    public required int ParagraphNumber { get; init; }

    /// <summary>Where it begins, in UTF-16 code units, in the document's text.</summary>
    public required int CharStart { get; init; }

    /// <summary>Where it ends, exclusive.</summary>
    public required int CharEnd { get; init; }

    /// <summary>Enough to recognize it by, and no more: most of its characters are masked.</summary>
    public required string Preview { get; init; }
}

/// <summary>What was found in the newest version that has been read.</summary>
public sealed record DocumentFindingsView
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The version that was looked through; null where no text has been read.</summary>
    public int? VersionNumber { get; init; }

    /// <summary>The document's label.</summary>
    public required SensitivityLevel SensitivityLevel { get; init; }

    /// <summary>The lowest label that suits what was found; null if nothing was. It is never applied by itself.</summary>
    public SensitivityLevel? SuggestedSensitivityLevel { get; init; }

    /// <summary>How often each kind was found, all counted.</summary>
    public required IReadOnlyDictionary<FindingKind, int> Counts { get; init; }

    /// <summary>Where, in the order of the text: the first 1,000.</summary>
    public required IReadOnlyList<FindingView> Findings { get; init; }
}
