namespace CrossAudit.Contracts.Documents;

/// <summary>How closely a document is held, from least to most; the order is the meaning.</summary>
public enum SensitivityLevel
{
    /// <summary>Anyone may know it.</summary>
    Public = 0,

    /// <summary>For people of the organization.</summary>
    Internal = 1,

    /// <summary>For those whose work needs it.</summary>
    Confidential = 2,

    /// <summary>For named roles only; what a document is where nothing else was said.</summary>
    Restricted = 3,
}

/// <summary>How far the text of a document's newest version is.</summary>
public enum DocumentStatus
{
    /// <summary>Nothing was uploaded yet.</summary>
    Empty,

    /// <summary>Its text is being extracted.</summary>
    Pending,

    /// <summary>Its text can be found.</summary>
    Indexed,

    /// <summary>It holds no text that could be extracted, such as a scan without a text layer.</summary>
    Unsupported,

    /// <summary>Extraction failed; <c>status_detail</c> says why.</summary>
    Failed,
}
