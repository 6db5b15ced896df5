using System.Text;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Writes the rows of tabular data. In large files short ones are put together: that is data, not reading matter.</summary>
internal sealed class Records(FragmentWriter fragments)
{
    /// <summary>How long a group of short records grows, in characters.</summary>
    private const int GroupLength = 1000;

    private readonly StringBuilder _group = new();

    /// <summary>Whether the data is so much that records are put together.</summary>
    public bool AreGrouped { get; set; }

    /// <summary>
    /// A record where every value stands with its column's name ("Director: Unknown"), so that it makes sense alone when search finds it.
    /// </summary>
    /// <param name="header">The columns' names; null if they have none.</param>
    /// <param name="values">One for each column, empty where there is none.</param>
    public static string Describe(IReadOnlyList<string>? header, IReadOnlyList<string> values) => header is null
        ? string.Join('\t', values).Trim()
        : string.Join('\n', values.Select((v, i) => (Name: header.ElementAtOrDefault(i), Value: v))
            .Where(cell => cell.Value.Length > 0)
            .Select(cell => string.IsNullOrEmpty(cell.Name) ? cell.Value : $"{cell.Name}: {cell.Value}"));

    /// <summary>Whether a record can be the columns' names: their values differ, at most one is empty, and none is a number.</summary>
    public static bool CanBeHeader(IReadOnlyList<string> values, Func<string, bool> isNumber) =>
        values.Count > 1
        && values.Distinct().Count() == values.Count
        && values.Count(v => v.Length == 0) <= 1
        && !values.Any(isNumber);

    public void Add(string record)
    {
        if (_group.Length + record.Length > (AreGrouped ? GroupLength : 0))
            Flush();
        if (record.Length > 0)
            _group.Append(_group.Length == 0 ? "" : "\n\n").Append(record);
    }

    public void Flush()
    {
        fragments.Add(FragmentType.Row, _group.ToString());
        _group.Clear();
    }
}
