using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents;

/// <summary>What a list of documents is narrowed to.</summary>
public sealed record DocumentFilter
{
    /// <summary>Text that stands in the title or description.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    /// <summary>Documents of this type.</summary>
    [FromQuery(Name = "document_type")]
    public string? DocumentType { get; init; }

    /// <summary>Documents with this label.</summary>
    [FromQuery(Name = "sensitivity_level")]
    public Named<SensitivityLevel>? SensitivityLevel { get; init; }

    /// <summary>Documents with this tag.</summary>
    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    /// <summary>Documents that belong to this department, not to those below it.</summary>
    [FromQuery(Name = "department_id")]
    public Guid? DepartmentId { get; init; }

    /// <summary>Documents that this account created.</summary>
    [FromQuery(Name = "created_by")]
    public Guid? CreatedBy { get; init; }

    /// <summary>Documents whose newest version's text is this far.</summary>
    [FromQuery(Name = "status")]
    public Named<DocumentStatus>? Status { get; init; }

    /// <summary>Documents that are under legal hold, or those that are not.</summary>
    [FromQuery(Name = "legal_hold")]
    public bool? LegalHold { get; init; }

    /// <summary>With <c>true</c>, documents whose label is below the one that their text suggests; with <c>false</c>, the others.</summary>
    [FromQuery(Name = "under_labelled")]
    public bool? UnderLabelled { get; init; }

    internal static DocumentFilter Everything { get; } = new();

    internal IQueryable<Document> Apply(IQueryable<Document> documents)
    {
        if (!string.IsNullOrWhiteSpace(Text))
            documents = documents.Where(d => d.Title.ToLower().Contains(Text.ToLower()) || d.Description!.ToLower().Contains(Text.ToLower()));
        if (DocumentType is not null)
            documents = documents.Where(d => d.DocumentType == DocumentType);
        if (SensitivityLevel is { Value: var label })
            documents = documents.Where(d => d.SensitivityLevel == label);
        if (Tag is not null)
            documents = documents.Where(d => d.Tags.Contains(Tag));
        if (DepartmentId is not null)
            documents = documents.Where(d => d.DepartmentId == DepartmentId);
        if (CreatedBy is not null)
            documents = documents.Where(d => d.CreatedBy == CreatedBy);
        if (Status is { Value: var status })
            documents = documents.Where(d => d.Status == status);
        if (LegalHold is not null)
            documents = documents.Where(d => d.LegalHold == LegalHold);
        if (UnderLabelled is not null)
            documents = documents.Where(d => (d.SuggestedSensitivityLevel != null && d.SuggestedSensitivityLevel > d.SensitivityLevel) == UnderLabelled);
        return documents;
    }
}

/// <summary>Lists documents.</summary>
internal sealed class DocumentList(AppDbContext db, DocumentQueries queries)
{
    public static SortOrder<Document> Sort { get; } = new(
        new Dictionary<string, System.Linq.Expressions.Expression<Func<Document, object?>>>
        {
            ["created_at"] = d => d.CreatedAt,
            ["updated_at"] = d => d.UpdatedAt,
            ["title"] = d => d.Title,
            ["document_type"] = d => d.DocumentType,
            ["sensitivity_level"] = d => d.SensitivityLevel,
            ["file_size"] = d => d.FileSize,
        },
        tieBreaker: d => d.Id);

    /// <summary>The page, newest first or in the order asked for; null if that order is not known.</summary>
    public async Task<Page<DocumentView>?> ReadAsync(DocumentFilter filter, string? sort, PageRequest page, CancellationToken stop)
    {
        if (filter == DocumentFilter.Everything && sort is null && page is { After: null })
            return await NewestAsync(page, stop);
        var documents = filter.Apply(db.Set<Document>().AsNoTracking());
        if (sort is null or "-created_at")
            return await documents.NewestFirstAsync(page, DocumentViews.View, d => new Cursor(d.CreatedAt, d.Id), stop);
        return Sort.Apply(documents, sort) is { } ordered ? await ordered.InOrderAsync(page, DocumentViews.View, stop) : null;
    }

    // What nearly every list asks for.
    private async Task<Page<DocumentView>> NewestAsync(PageRequest page, CancellationToken stop)
    {
        var (items, total) = (new List<DocumentView>(page.Limit + 1), 0);
        await foreach (var (view, count) in queries.Newest(db, page.Offset, page.Limit + 1).WithCancellation(stop))
        {
            items.Add(view);
            total = count;
        }
        return Paged.Cut(items, items.Count > 0 ? total : await db.Set<Document>().CountAsync(stop), page.Limit, d => new Cursor(d.CreatedAt, d.Id));
    }
}
