using CrossAudit.Contracts;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>Takes reports of leaked keys from anybody. Whoever has a key could use it: ending it is the least that they could do with it.</summary>
internal sealed class LeakedKeys(AppDbContext db, AuditTrail audit, MailOutbox mail, ActorChanges changes, TimeProvider clock)
{
    private const int MostOwners = 50;
    private const int MostRaces = 5;

    /// <summary>Ends the key, if it is one of ours that works, and writes to its owners.</summary>
    public async Task ReportAsync(ReportLeakedKeyRequest report, CancellationToken stop)
    {
        var sent = report.Key.Trim();
        if (!KeyFormat.IsKey(sent))
            return;
        // Whoever saves between the look and the end must not save the key from its end.
        for (var race = 0; race < MostRaces; race++)
            if (await TryEndAsync(KeyHash.Of(sent).ToBytes(), report.FoundAt, stop))
                return;
        throw new DbUpdateConcurrencyException("A leaked key could not be revoked: it was changed again and again.");
    }

    private async Task<bool> TryEndAsync(byte[] hash, string? foundAt, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // Whoever reports is not in the organization: the key alone names it.
        var key = await db.Set<ApiKey>().IgnoreQueryFilters([Filters.Organization]).Include(k => k.Organization)
            .SingleOrDefaultAsync(k => k.RevokedAt == null && (k.KeyHash == hash || (k.PreviousKeyHash == hash && k.PreviousKeyExpiresAt > now)), stop);
        if (key is null)
            return true;
        var isCurrent = key.KeyHash.AsSpan().SequenceEqual(hash);
        if (isCurrent)
            key.Revoke(ApiKeyRevocations.Leaked, now);
        else
            // The key that replaced it did not leak.
            (key.PreviousKeyHash, key.PreviousKeyExpiresAt, key.UpdatedAt) = (null, null, now);
        audit.Record(AuditEntry.On(AuditActions.ApiKeyLeaked, "api_key", key.Id) with
        {
            OrganizationId = key.OrganizationId,
            TargetUserId = key.HolderId,
            Severity = AuditSeverity.Critical,
            Metadata = new() { ["name"] = key.Name, ["found_at"] = foundAt, ["revoked"] = isCurrent },
        });
        await WriteToOwnersAsync(key, foundAt, isCurrent, stop);
        if (!await db.TrySaveAsync(stop))
            return false;
        await changes.ApiKeyChangedAsync(key.Id);
        await mail.WakeAsync();
        return true;
    }

    private async Task WriteToOwnersAsync(ApiKey key, string? foundAt, bool isCurrent, CancellationToken stop)
    {
        var recipients = await db.Set<Membership>().IgnoreQueryFilters([Filters.Organization])
            .Where(m => m.OrganizationId == key.OrganizationId && m.User!.IsActive && (m.Role == DefaultRoles.Owner || m.UserId == key.HolderId))
            .OrderBy(m => m.UserId != key.HolderId).ThenBy(m => m.JoinedAt).Take(MostOwners).Select(m => m.User!.Email!).ToListAsync(stop);
        var letter = new Letter($"An API key of {key.Organization!.DisplayName} has leaked")
            .Paragraph($"The API key {key.Name} ({key.KeyPrefix}…) of {key.Organization.DisplayName} was reported as leaked.")
            .Paragraph(isCurrent ? "It has been revoked and works no longer: whatever uses it needs another." : "It was the old key of a rotation, and works no longer. The key that replaced it does.");
        if (!string.IsNullOrWhiteSpace(foundAt))
            letter.Paragraph($"Whoever reported it says where it was found: {foundAt}");
        letter.Paragraph("The audit trail shows what was done with it: look for its id in the events of the time.");
        foreach (var recipient in recipients)
            mail.Add(recipient, letter);
    }
}
