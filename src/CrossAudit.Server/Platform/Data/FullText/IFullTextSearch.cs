namespace CrossAudit.Server.Platform.Data.FullText;

/// <summary>
/// A table whose text can be searched. Its rows have a <c>number</c> (the key), an <c>organization_id</c>, the text in <c>content</c>, and an
/// owner by which they are added to the index and taken out of it together.
/// </summary>
/// <param name="Source">The table with the text.</param>
/// <param name="Name">The index's table.</param>
/// <param name="Owner">The column that names the owner.</param>
internal sealed record IndexedTable(string Source, string Name, string Owner);

/// <summary>A row that a query matches.</summary>
internal sealed class TextMatch
{
    public long Number { get; init; }

    /// <summary>BM25: the higher the better, without an upper bound.</summary>
    public double Score { get; init; }
}

/// <summary>A row's text with marks around the words that match.</summary>
internal sealed class MarkedText
{
    public long Number { get; init; }

    public string Text { get; init; } = "";
}

/// <summary>Full-text search as each database does it natively, ranked by BM25 (k1 = 1.2, b = 0.75).</summary>
internal interface IFullTextSearch
{
    /// <summary>Indexes the owner's rows, in the running transaction.</summary>
    Task AddAsync(AppDbContext db, IndexedTable table, Guid owner, CancellationToken stop);

    /// <summary>Takes the owner's rows out of the index, in the running transaction, while they still are in their table.</summary>
    Task RemoveAsync(AppDbContext db, IndexedTable table, Guid owner, CancellationToken stop);

    /// <summary>The matches in the context's organization, to be joined with the rows that the actor may see. Null if the query names nothing to find.</summary>
    IQueryable<TextMatch>? Match(AppDbContext db, IndexedTable table, TextQuery query);

    /// <summary>The text of the rows with <see cref="Marks.Start"/> and <see cref="Marks.End"/> around each word that matches.</summary>
    Task<Dictionary<long, string>> MarkAsync(AppDbContext db, IndexedTable table, TextQuery query, IReadOnlyCollection<long> numbers, CancellationToken stop);
}

/// <summary>Two of Unicode's noncharacters, which are reserved for uses such as this one and stand in no text.</summary>
internal static class Marks
{
    public const char Start = '\uFDD0';
    public const char End = '\uFDD1';
}
