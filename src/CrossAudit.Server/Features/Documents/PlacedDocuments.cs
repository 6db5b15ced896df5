using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents;

/// <summary>Where documents stand, for questions about access.</summary>
internal sealed class PlacedDocuments : IPlacedResource
{
    public string ResourceType => "document";

    public Task<ResourcePlace?> FindAsync(AppDbContext db, Guid id, CancellationToken stop) =>
        db.Set<Document>().Where(d => d.Id == id).Select(d => new ResourcePlace(d.DepartmentId, d.SensitivityLevel, null)).SingleOrDefaultAsync(stop);
}
