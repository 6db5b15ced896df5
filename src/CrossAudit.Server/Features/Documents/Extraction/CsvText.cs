using System.Globalization;
using CrossAudit.Contracts.Documents;
using CsvHelper;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// CSV: a fragment for the header and one for each record, where every value stands with its column's name
/// ("Director: Unknown"), so that a record found by search makes sense alone.
/// </summary>
internal static class CsvText
{
    /// <summary>Past this many characters a file's short records are put together: it is data, not reading matter.</summary>
    private const int GroupBeyond = 1_000_000;

    public static void Extract(string path, FragmentWriter fragments)
    {
        var (text, encoding) = TextFile.Read(path);
        fragments.Score = Confidence.Of(encoding);

        // Without a separator among the options the reader detects it.
        using var records = CsvReader.FromText(text, new CsvReaderOptions { HasHeader = false, SkipEmptyLines = true });
        if (!records.Read())
            throw UnsupportedContentException.NoText();
        WriteTitle(records, fragments);
        var header = Header(Values(records));
        if (header is not null)
        {
            fragments.Add(FragmentType.Row, string.Join('\t', header));
        }

        var rows = new Records(fragments) { AreGrouped = text.Length > GroupBeyond };
        for (var more = header is null || records.Read(); more; more = records.Read())
            rows.Add(Records.Describe(header, Values(records)));
        rows.Flush();
    }

    /// <summary>A line with a single value above the columns is the table's title.</summary>
    private static void WriteTitle(CsvReader records, FragmentWriter fragments)
    {
        var first = Values(records);
        if (first.Length < 2 || first.Count(v => v.Length > 0) != 1)
            return;

        fragments.AddHeading(1, string.Concat(first));
        records.Read();
    }

    /// <summary>The columns' names; null if the first record is data.</summary>
    private static string[]? Header(string[] first) =>
        Records.CanBeHeader(first, v => double.TryParse(v, NumberStyles.Any, CultureInfo.InvariantCulture, out _)) ? first : null;

    private static string[] Values(CsvReader records) => [.. records.Current.ToArray().Select(v => v.Trim())];
}
