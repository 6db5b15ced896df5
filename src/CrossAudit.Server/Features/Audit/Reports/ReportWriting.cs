using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Audit.Verification;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Audit.Reports;

/// <summary>Makes a report: goes through the events of its period once, verifies the trail, and keeps what it says with its hash, which the trail gets too.</summary>
internal sealed class ReportWriting(AppDbContext db, CurrentActor current, AuditSearch search, TrailVerification verification, AuditTrail audit, TimeProvider clock) : IWork<AuditReport>
{
    private const int MostHolders = 1000;

    // From here on it is known how much there is to do.
    private const int EventsAreCounted = 40;

    private static readonly string[] Privileged = ["role.", "permission.c", "permission.deleted", "department.", "member.", "invitation.", "organization.", "audit.", "auth.mfa_disabled", "user.deactivated"];
    private static readonly string[] Kept = ["document.retention", "document.disposed", "document.legal_hold", "document.deleted", "audit.retention", "audit.eras", "organization.purged"];

    public static TimeSpan TimeLimit => TimeSpan.FromMinutes(30);

    public static int Concurrency => 1;

    public async Task RunAsync(AuditReport row, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        var content = JsonSerializer.Serialize(await WriteAsync(row, stop), CrossAuditJson.Options);
        db.ChangeTracker.Clear();
        db.Attach(row);
        (row.Status, row.Progress, row.CompletedAt, row.DueAt) = (ReportStatus.Completed, 100, clock.GetUtcNow(), null);
        (row.Content, row.ContentHash) = (content, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))));
        audit.Record(AuditEntry.On(AuditActions.AuditReportCompleted, "audit_report", row.Id) with { Metadata = new() { ["framework"] = row.Framework, ["content_hash"] = row.ContentHash } });
        await db.SaveChangesAsync(stop);
    }

    public async Task ParkAsync(AuditReport row, Exception cause, CancellationToken stop)
    {
        current.Is(Actor.System(row.OrganizationId));
        db.Attach(row);
        (row.Status, row.DueAt) = (ReportStatus.Failed, null);
        await db.SaveChangesAsync(stop);
    }

    private async Task<ReportContent> WriteAsync(AuditReport row, CancellationToken stop)
    {
        var framework = ReportFrameworks.All[row.Framework];
        var (privileged, denied, kept, access) = (new EventTally(), new EventTally(), new EventTally(), new Dictionary<(SensitivityLevel? Level, string Action), long>());
        await foreach (var e in search.OldestFirstAsync(new AuditQuery([], row.StartDate, row.EndDate), -1, stop))
        {
            if (e.Outcome != AuditOutcome.Success)
                denied.Add(e);
            else if (IsAny(Privileged, e) && e.Action is not (AuditActions.AuditRead or AuditActions.AuditVerified))
                privileged.Add(e);
            if (IsAny(Kept, e))
                kept.Add(e);
            if (e.ResourceType == "document" && e.Outcome == AuditOutcome.Success && e.ActorType != ActorTypes.System)
                access[(e.Sensitivity, e.Action)] = access.GetValueOrDefault((e.Sensitivity, e.Action)) + 1;
        }
        await TellAsync(row, EventsAreCounted, stop);
        return new ReportContent
        {
            Title = framework.Title,
            Organization = await db.Set<Organization>().Where(o => o.Id == row.OrganizationId).Select(o => o.DisplayName).SingleAsync(stop),
            Period = new ReportPeriod { StartDate = row.StartDate, EndDate = row.EndDate, GeneratedAt = clock.GetUtcNow() },
            Clauses = framework.Clauses,
            AccessReview = await ReviewAsync(stop),
            PrivilegedChanges = privileged.ToSection(),
            FailedAndDenied = denied.ToSection(),
            DataAccess = [.. access.OrderByDescending(count => count.Key.Level).ThenByDescending(count => count.Value).Select(count => new SensitivityCount { SensitivityLevel = count.Key.Level, Action = count.Key.Action, Count = count.Value })],
            RetentionAndDisposals = kept.ToSection(),
            Integrity = await verification.RunAsync((_, _) => Task.CompletedTask, stop),
        };
    }

    private static bool IsAny(string[] beginnings, AuditEvent e) => Array.Exists(beginnings, beginning => e.Action.StartsWith(beginning, StringComparison.Ordinal));

    private Task<int> TellAsync(AuditReport row, int progress, CancellationToken stop) =>
        db.Set<AuditReport>().Where(r => r.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Progress, progress), stop);

    private async Task<AccessReviewSection> ReviewAsync(CancellationToken stop)
    {
        var members = db.Set<Membership>().AsNoTracking().OrderBy(m => m.User!.NormalizedEmail)
            .Select(m => new RoleHolder { UserId = m.UserId, Email = m.User!.Email!, Role = m.Role, Since = m.JoinedAt });
        var grants = from grant in db.Set<RoleGrant>().AsNoTracking()
                     join user in db.Set<User>() on grant.UserId equals user.Id
                     join role in db.Set<Role>() on grant.RoleId equals role.Id
                     orderby user.NormalizedEmail, role.Name
                     select new RoleHolder { UserId = grant.UserId, Email = user.Email!, Role = role.Name, Since = grant.GrantedAt, ExpiresAt = grant.ExpiresAt };
        var holders = (await members.Take(MostHolders).ToListAsync(stop)).Concat(await grants.Take(MostHolders).ToListAsync(stop));
        return new AccessReviewSection
        {
            Members = await db.Set<Membership>().CountAsync(stop),
            Grants = await db.Set<RoleGrant>().CountAsync(stop),
            Holders = [.. holders.OrderBy(holder => holder.Email, StringComparer.OrdinalIgnoreCase).ThenBy(holder => holder.Role, StringComparer.Ordinal).Take(MostHolders)],
        };
    }
}
