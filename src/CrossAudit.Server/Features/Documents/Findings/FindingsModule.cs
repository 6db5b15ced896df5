using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Findings;

/// <summary>Personal and secret data that was found in documents, and the label that it suggests.</summary>
internal static class FindingsModule
{
    public static void MapFindings(this RouteGroupBuilder documents) => documents.MapGet("/{id:guid}/findings", ReadFindings).RequirePermission(Permissions.DocumentsRead);

    /// <summary>Says what personal or secret data was found in a document, where, and which label it suggests.</summary>
    /// <remarks>Of the newest version whose text has been read. The suggestion is never applied by itself.</remarks>
    internal static async Task<Results<Ok<Envelope<DocumentFindingsView>>, ProblemHttpResult>> ReadFindings(Guid id, AppDbContext db, CancellationToken stop)
    {
        var row = await db.Set<Document>().AsNoTracking().Where(d => d.Id == id)
            .Select(d => new
            {
                d.SensitivityLevel,
                d.SuggestedSensitivityLevel,
                Version = db.Set<VersionFindings>().Where(f => f.Version.DocumentId == id && f.Version.Number == d.SearchedVersion).Select(f => new { f.Version.Number, f.Found }).SingleOrDefault(),
            })
            .SingleOrDefaultAsync(stop);
        if (row is null)
            return Problems.NotFound("document", id);
        var found = row.Version is { Found: var json } ? FoundData.Of(json) : FoundData.Nothing;
        return TypedResults.Ok(Envelope.Of(new DocumentFindingsView
        {
            DocumentId = id,
            VersionNumber = row.Version?.Number,
            SensitivityLevel = row.SensitivityLevel,
            SuggestedSensitivityLevel = row.SuggestedSensitivityLevel,
            Counts = found.Counts,
            Findings = found.Places,
        }));
    }
}
