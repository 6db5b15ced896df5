namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A table as text: cells separated by tabs, rows by line breaks, without rows that are empty.</summary>
internal static class TableText
{
    public static string Of(IEnumerable<IEnumerable<string>> rows) => string.Join('\n', rows
        .Select(row => string.Join('\t', row.Select(WhiteSpace.Collapse)))
        .Where(row => !string.IsNullOrWhiteSpace(row)));
}
