using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Auth.Accounts;

namespace CrossAudit.Server.Features.Auth;

/// <summary>Tells people by mail of what they would want to know if it was not them.</summary>
internal sealed class SecurityNotices(AccountMails mails, AuditTrail audit)
{
    /// <summary>Where a recovery code was used, records it and writes to the account's owner, in the running unit of work.</summary>
    public void OfRecoveryCode(User user, Guid? organizationId, string methods)
    {
        if (methods != AuthenticationMethods.PasswordAndRecoveryCode)
            return;
        audit.Record(AuditEntry.On(AuditActions.RecoveryCodeUsed, "user", user.Id) with
        {
            OrganizationId = organizationId,
            ActingUser = (user.Id, user.Email!),
            Severity = AuditSeverity.Notice,
        });
        mails.Notice(user, "A recovery code of your CrossAudit account was used");
    }

    public void Of(User user, string what) => mails.Notice(user, what);

    public ValueTask WakeAsync() => mails.WakeAsync();
}
