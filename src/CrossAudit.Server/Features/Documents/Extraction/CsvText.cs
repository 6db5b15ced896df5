using System.Globalization;
using System.Text;
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

    /// <summary>How long a group of short records grows, in characters.</summary>
    private const int GroupLength = 1000;

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

        var group = new StringBuilder();
        var wanted = text.Length > GroupBeyond ? GroupLength : 0;
        for (var more = header is null || records.Read(); more; more = records.Read())
        {
            var record = Describe(header, Values(records));
            if (group.Length + record.Length > wanted)
                Flush(group, fragments);
            if (record.Length > 0)
                group.Append(group.Length == 0 ? "" : "\n\n").Append(record);
        }

        Flush(group, fragments);
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

    /// <summary>The columns' names; null if the first record is data: values that repeat, are empty or are numbers.</summary>
    private static string[]? Header(string[] first) =>
        first.Length > 1
        && first.Distinct().Count() == first.Length
        && first.Count(v => v.Length == 0) <= 1
        && !first.Any(v => double.TryParse(v, NumberStyles.Any, CultureInfo.InvariantCulture, out _))
            ? first
            : null;

    private static string[] Values(CsvReader records) => [.. records.Current.ToArray().Select(v => v.Trim())];

    private static string Describe(string[]? header, string[] values) => header is null
        ? string.Join('\t', values).Trim()
        : string.Join('\n', values.Select((v, i) => (Name: header.ElementAtOrDefault(i), Value: v))
            .Where(cell => cell.Value.Length > 0)
            .Select(cell => string.IsNullOrEmpty(cell.Name) ? cell.Value : $"{cell.Name}: {cell.Value}"));

    private static void Flush(StringBuilder group, FragmentWriter fragments)
    {
        fragments.Add(FragmentType.Row, group.ToString());
        group.Clear();
    }
}
