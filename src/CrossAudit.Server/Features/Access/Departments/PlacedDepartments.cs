using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Departments;

/// <summary>Where departments stand, for questions about access: each in itself.</summary>
internal sealed class PlacedDepartments : IPlacedResource
{
    public string ResourceType => "department";

    public Task<ResourcePlace?> FindAsync(AppDbContext db, Guid id, CancellationToken stop) =>
        db.Set<Department>().Where(d => d.Id == id).Select(d => new ResourcePlace(d.Id, null, null)).SingleOrDefaultAsync(stop);
}
