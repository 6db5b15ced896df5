namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>What holds within a group, and ends with it.</summary>
internal record struct RtfState
{
    public RtfState()
    {
    }

    /// <summary>Whether the group is for programs, not for readers.</summary>
    public bool IsSkipped { get; set; }

    /// <summary>Whether the text was deleted, and is kept for those who review changes.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>How many characters stand in for a Unicode character where a reader knows none.</summary>
    public int Substitutes { get; set; } = 1;

    /// <summary>The code page of the font; null for the document's.</summary>
    public int? CodePage { get; set; }

    /// <summary>Which of the tables that precede the text is being read.</summary>
    public RtfTable Table { get; set; }

    /// <summary>Whether the group began with the mark of a destination that may be skipped.</summary>
    public bool IsOptional { get; set; }
}

/// <summary>The tables that precede the text.</summary>
internal enum RtfTable
{
    None,
    Fonts,
    Styles,
}
