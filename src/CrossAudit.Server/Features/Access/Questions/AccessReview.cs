using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Questions;

/// <summary>What a review is narrowed to.</summary>
public sealed record AccessReviewFilter
{
    /// <summary>What this member has.</summary>
    [FromQuery(Name = "user_id")]
    public Guid? UserId { get; init; }

    /// <summary>Who has this role.</summary>
    [FromQuery(Name = "role_id")]
    public Guid? RoleId { get; init; }

    /// <summary>What counts in this department and those below it, and not in the whole organization.</summary>
    [FromQuery(Name = "department_id")]
    public Guid? DepartmentId { get; init; }

    /// <summary>What ends by itself before this time.</summary>
    [FromQuery(Name = "expires_before")]
    public DateTimeOffset? ExpiresBefore { get; init; }
}

/// <summary>Who holds what in the actor's organization, since when and by whom: what an access review goes through.</summary>
internal sealed class AccessReview(AppDbContext db, Actor actor, AccessGraphs graphs, AuditTrail audit, TimeProvider clock)
{
    public async Task<Page<AccessReviewEntryView>> ReadAsync(AccessReviewFilter filter, PageRequest page, CancellationToken stop)
    {
        var (entries, graph, now) = (Entries(filter), await graphs.OfAsync(actor.OrganizationId, stop), clock.GetUtcNow());
        var rows = await entries.Skip(page.Offset).Take(page.Limit).ToListAsync(stop);
        var total = await Holdings(filter).CountAsync(stop);
        await RecordAsync(filter, "json", stop);
        return new Page<AccessReviewEntryView>([.. rows.Select(row => ViewOf(row, graph, now))], total);
    }

    /// <summary>All of it, as it is read.</summary>
    public async Task<IAsyncEnumerable<AccessReviewEntryView>> ExportAsync(AccessReviewFilter filter, CancellationToken stop)
    {
        var (graph, now) = (await graphs.OfAsync(actor.OrganizationId, stop), clock.GetUtcNow());
        await RecordAsync(filter, "csv", stop);
        return Entries(filter).AsAsyncEnumerable().Select(row => ViewOf(row, graph, now));
    }

    private IQueryable<ReviewRow> Entries(AccessReviewFilter filter) =>
        from holding in Holdings(filter)
        join user in db.Set<User>() on holding.UserId equals user.Id
        orderby user.NormalizedEmail, holding.UserId, holding.Source, holding.Since, holding.RoleId, holding.DepartmentId
        select new ReviewRow
        {
            Holding = holding,
            Email = user.Email!,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Department = db.Set<Department>().Where(d => d.Id == holding.DepartmentId).Select(d => d.DisplayName).FirstOrDefault(),
            GrantedByEmail = db.Set<User>().Where(u => u.Id == holding.GrantedBy).Select(u => u.Email).FirstOrDefault(),
            LastUsedAt = db.Set<AuditEvent>().Where(e => e.ActorUserId == holding.UserId && e.Sequence == null).Max(e => (DateTimeOffset?)e.CreatedAt)
                ?? db.Set<AuditEvent>().Where(e => e.ActorUserId == holding.UserId && e.Sequence != null).Max(e => (DateTimeOffset?)e.CreatedAt),
        };

    // Three kinds of rows say who has a role; to a review they are one.
    private IQueryable<Holding> Holdings(AccessReviewFilter filter)
    {
        var carried = db.Set<Membership>().AsNoTracking().Select(m => new Holding
        {
            UserId = m.UserId,
            RoleId = null,
            MembershipRole = m.Role,
            Source = RoleSource.Membership,
            DepartmentId = null,
            Since = m.JoinedAt,
            GrantedBy = null,
            ExpiresAt = null,
        });
        var granted = db.Set<RoleGrant>().Select(g => new Holding
        {
            UserId = g.UserId,
            RoleId = g.RoleId,
            MembershipRole = null,
            Source = RoleSource.Grant,
            DepartmentId = g.DepartmentId,
            Since = g.GrantedAt,
            GrantedBy = g.GrantedBy,
            ExpiresAt = g.ExpiresAt,
        });
        var given = db.Set<DepartmentMember>().Join(db.Set<Department>(), m => m.DepartmentId, d => d.Id, (m, d) => new { m, d }).Where(pair => pair.d.DefaultRoleId != null).Select(pair => new Holding
        {
            UserId = pair.m.UserId,
            RoleId = pair.d.DefaultRoleId,
            MembershipRole = null,
            Source = RoleSource.Department,
            DepartmentId = pair.d.Id,
            Since = pair.m.AddedAt,
            GrantedBy = pair.m.AddedBy,
            ExpiresAt = null,
        });
        // Grants first: their columns say how times are stored, and a null would not.
        var holdings = granted.Concat(carried).Concat(given);
        if (filter.UserId is { } user)
            holdings = holdings.Where(h => h.UserId == user);
        if (filter.RoleId is { } role)
        {
            var name = DefaultRoles.All.Append(DefaultRoles.OwnerDefinition).FirstOrDefault(shipped => DefaultRoles.IdOf(actor.OrganizationId, shipped.Name) == role)?.Name;
            holdings = holdings.Where(h => h.RoleId == role || (name != null && h.MembershipRole == name));
        }
        if (filter.DepartmentId is { } department)
        {
            var within = actor.Access.Graph?.Departments.IdsWithin(department) ?? [];
            holdings = holdings.Where(h => h.DepartmentId != null && within.Contains(h.DepartmentId.Value));
        }
        if (filter.ExpiresBefore is { } end)
            holdings = holdings.Where(h => h.ExpiresAt < end);
        return holdings;
    }

    private static AccessReviewEntryView ViewOf(ReviewRow row, AccessGraph graph, DateTimeOffset now)
    {
        var roleId = row.Holding.RoleId ?? DefaultRoles.IdOf(graph.OrganizationId, row.Holding.MembershipRole!);
        var role = graph.Roles.GetValueOrDefault(roleId);
        return new AccessReviewEntryView
        {
            UserId = row.Holding.UserId,
            Email = row.Email,
            Name = string.Join(' ', new[] { row.FirstName, row.LastName }.Where(name => !string.IsNullOrWhiteSpace(name))) is { Length: > 0 } full ? full : null,
            RoleId = roleId,
            Role = role?.Name ?? "",
            Source = row.Holding.Source,
            DepartmentId = row.Holding.DepartmentId,
            Department = row.Department,
            Since = row.Holding.Since,
            GrantedBy = row.Holding.GrantedBy,
            GrantedByEmail = row.GrantedByEmail,
            LastUsedAt = row.LastUsedAt,
            ExpiresAt = row.Holding.ExpiresAt,
            IsActive = role?.IsActive == true && (row.Holding.ExpiresAt is not { } end || end > now),
        };
    }

    private Task<int> RecordAsync(AccessReviewFilter filter, string format, CancellationToken stop)
    {
        audit.Record(new AuditEntry(AuditActions.AccessReviewed)
        {
            ResourceType = "access_review",
            Metadata = new() { ["format"] = format, ["user_id"] = filter.UserId?.ToString(), ["role_id"] = filter.RoleId?.ToString(), ["department_id"] = filter.DepartmentId?.ToString() },
        });
        return db.SaveChangesAsync(stop);
    }

    private sealed record Holding
    {
        public required Guid UserId { get; init; }
        public required Guid? RoleId { get; init; }
        public required string? MembershipRole { get; init; }
        public required RoleSource Source { get; init; }
        public required Guid? DepartmentId { get; init; }
        public required DateTimeOffset Since { get; init; }
        public required Guid? GrantedBy { get; init; }
        public required DateTimeOffset? ExpiresAt { get; init; }
    }

    private sealed record ReviewRow
    {
        public required Holding Holding { get; init; }
        public required string Email { get; init; }
        public string? FirstName { get; init; }
        public string? LastName { get; init; }
        public string? Department { get; init; }
        public string? GrantedByEmail { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
    }
}
