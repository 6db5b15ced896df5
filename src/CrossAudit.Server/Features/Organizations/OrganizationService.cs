using CrossAudit.Contracts;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>The organizations of one person: reading and founding. All else acts in the token's organization.</summary>
internal sealed class OrganizationService(AppDbContext db, Actor actor, AuditTrail audit, TimeProvider clock)
{
    public async Task<Page<OrganizationView>> ListMineAsync(PageRequest page, CancellationToken stop)
    {
        var mine = Mine();
        var organizations = await mine.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id).Skip(page.Offset).Take(page.Limit).ToListAsync(stop);
        return new Page<OrganizationView>(organizations.ConvertAll(o => o.ToView()), await mine.CountAsync(stop));
    }

    public async Task<Revised<OrganizationView>?> FindMineAsync(Guid id, CancellationToken stop) =>
        await Mine().SingleOrDefaultAsync(o => o.Id == id, stop) is { } organization ? organization.ToRevised() : null;

    public async Task<Revised<OrganizationView>> FoundAsync(CreateOrganizationRequest request, CancellationToken stop)
    {
        var (organization, owner) = Organization.Found(request, actor.RequiredUserId, clock.GetUtcNow());
        db.AddRange(organization, owner);
        audit.Record(AuditEntry.On(AuditActions.OrganizationCreated, "organization", organization.Id) with
        {
            OrganizationId = organization.Id,
            Metadata = new() { ["name"] = organization.Name },
        });
        await db.SaveChangesAsync(stop);
        return organization.ToRevised();
    }

    // A person's memberships lie in many organizations: the filter of one of them would hide the others.
    private IQueryable<Organization> Mine() =>
        db.Set<Membership>().AsNoTracking().IgnoreQueryFilters([Filters.Organization]).Where(m => m.UserId == actor.UserId && m.Organization!.IsActive).Select(m => m.Organization!);
}
