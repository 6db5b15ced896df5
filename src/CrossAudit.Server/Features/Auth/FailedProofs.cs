using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Limits;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Records every attempt to prove to be an account's owner that failed, and none of what it would have done.</summary>
internal sealed class FailedProofs(AppDbContext db, AuditTrail audit)
{
    public Task RecordAsync(string action, User? user, string email, ProofOutcome outcome, CancellationToken stop) =>
        SaveAsync(action, user, email, AuditSeverity.Warning, outcome switch
        {
            ProofOutcome.SecondFactorMissing => "mfa_required",
            ProofOutcome.SecondFactorWrong => "wrong_second_factor",
            ProofOutcome.Proven => "no_organization",
            _ => user is null ? "unknown_account" : user.IsActive ? "wrong_password" : "inactive_account",
        }, stop);

    /// <summary>Records that somebody is made to wait: the first refusal, and not each one, or a flood would fill the trail.</summary>
    public Task RecordLockOutAsync(string email, AttemptVerdict verdict, CancellationToken stop) =>
        verdict.IsFirstRefusal ? SaveAsync(AuditActions.LockedOut, null, email, AuditSeverity.Warning, "too_many_attempts", stop) : Task.CompletedTask;

    /// <summary>Records that somebody sent a one-time token that is not good.</summary>
    public Task RecordTokenAsync(string purpose, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        audit.Record(new AuditEntry(AuditActions.TokenRefused) { Outcome = AuditOutcome.Failure, Severity = AuditSeverity.Warning, Metadata = new() { ["purpose"] = purpose } });
        return db.SaveChangesAsync(stop);
    }

    private async Task SaveAsync(string action, User? user, string email, string severity, string reason, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        audit.Record(new AuditEntry(action)
        {
            ResourceType = "user",
            ResourceId = user?.Id.ToString(),
            // In the trail of the organization used last: that is whose account is being tried.
            OrganizationId = user?.LastOrganizationId,
            Outcome = AuditOutcome.Failure,
            Severity = severity,
            Metadata = new() { ["method"] = "password", ["email"] = email, ["reason"] = reason },
        });
        await db.SaveChangesAsync(stop);
    }
}
