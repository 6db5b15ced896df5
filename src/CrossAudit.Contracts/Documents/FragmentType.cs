namespace CrossAudit.Contracts.Documents;

/// <summary>What a fragment is in the document it was cut from.</summary>
public enum FragmentType
{
    /// <summary>A heading or title.</summary>
    Heading,

    /// <summary>A paragraph of running text.</summary>
    Paragraph,

    /// <summary>A table, its cells separated by tabs and its rows by line breaks.</summary>
    Table,

    /// <summary>An item of a list.</summary>
    List,

    /// <summary>Source code or other preformatted text.</summary>
    Code,

    /// <summary>A row of tabular data, such as a line of a CSV file.</summary>
    Row,
}
