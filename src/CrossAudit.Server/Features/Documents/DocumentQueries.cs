using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents;

/// <summary>The reads that everybody does all the time, translated once. One instance a model, for the two databases have one each.</summary>
internal sealed class DocumentQueries
{
    /// <summary>A document and its revision.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<Document?>> ById { get; } = EF.CompileAsyncQuery(
        (AppDbContext db, Guid id, CancellationToken _) => db.Set<Document>().AsNoTracking().SingleOrDefault(d => d.Id == id));

    /// <summary>The newest documents, each with how many there are in all.</summary>
    public Func<AppDbContext, int, int, IAsyncEnumerable<CountedDocument>> Newest { get; } = EF.CompileAsyncQuery(
        (AppDbContext db, int offset, int count) => db.Set<Document>().AsNoTracking()
            .OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Skip(offset).Take(count)
            .Select(DocumentViews.View)
            .Select(view => new CountedDocument(view, db.Set<Document>().Count())));
}

internal sealed record CountedDocument(DocumentView View, int Total);
