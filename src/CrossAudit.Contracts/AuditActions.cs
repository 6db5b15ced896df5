namespace CrossAudit.Contracts;

/// <summary>What can stand as <c>action</c> in the audit trail: <c>resource.verb</c>, in the past tense. <c>docs/audit/actions.md</c> lists them all.</summary>
public static class AuditActions
{
    /// <summary>An account was made.</summary>
    public const string UserRegistered = "user.registered";

    /// <summary>Someone signed in.</summary>
    public const string LoginSucceeded = "auth.login_succeeded";

    /// <summary>A sign-in was refused.</summary>
    public const string LoginFailed = "auth.login_failed";

    /// <summary>Someone signed out.</summary>
    public const string LoggedOut = "auth.logged_out";

    /// <summary>A session's tokens were renewed.</summary>
    public const string SessionRefreshed = "auth.session_refreshed";

    /// <summary>A used refresh token came back, and its session was ended.</summary>
    public const string RefreshReused = "auth.refresh_reused";

    /// <summary>Someone is made to wait after too many attempts.</summary>
    public const string LockedOut = "auth.locked_out";

    /// <summary>Someone who was signed in proved once more who they are.</summary>
    public const string Reauthenticated = "auth.reauthenticated";

    /// <summary>Someone who was signed in failed to prove who they are.</summary>
    public const string ReauthenticationFailed = "auth.reauthentication_failed";

    /// <summary>An authenticator app was shown its secret.</summary>
    public const string MfaPrepared = "auth.mfa_prepared";

    /// <summary>The second factor was switched on.</summary>
    public const string MfaEnabled = "auth.mfa_enabled";

    /// <summary>The second factor was switched off.</summary>
    public const string MfaDisabled = "auth.mfa_disabled";

    /// <summary>A change of the second factor was refused for a wrong code.</summary>
    public const string MfaFailed = "auth.mfa_failed";

    /// <summary>A recovery code was used in place of the second factor.</summary>
    public const string RecoveryCodeUsed = "auth.recovery_code_used";

    /// <summary>The recovery codes were replaced.</summary>
    public const string RecoveryCodesReplaced = "auth.recovery_codes_replaced";

    /// <summary>The password was changed.</summary>
    public const string PasswordChanged = "auth.password_changed";

    /// <summary>A change of the password was refused.</summary>
    public const string PasswordChangeFailed = "auth.password_change_failed";

    /// <summary>A link to choose a new password was asked for.</summary>
    public const string PasswordResetRequested = "auth.password_reset_requested";

    /// <summary>A new password was chosen by such a link.</summary>
    public const string PasswordReset = "auth.password_reset";

    /// <summary>A one-time token was refused.</summary>
    public const string TokenRefused = "auth.one_time_token_refused";

    /// <summary>An account's address was shown to be its owner's.</summary>
    public const string EmailVerified = "user.email_verified";

    /// <summary>A change of an account's address was asked for.</summary>
    public const string EmailChangeRequested = "user.email_change_requested";

    /// <summary>An account's address was changed.</summary>
    public const string EmailChanged = "user.email_changed";

    /// <summary>A profile was changed.</summary>
    public const string ProfileUpdated = "user.profile_updated";

    /// <summary>An account was deactivated by its owner.</summary>
    public const string UserDeactivated = "user.deactivated";

    /// <summary>Someone ended one of their sessions, or all others.</summary>
    public const string SessionEnded = "auth.session_ended";

    /// <summary>Someone went on in another of their organizations; both trails say so.</summary>
    public const string OrganizationSwitched = "auth.organization_switched";

    /// <summary>An act was refused for want of a permission.</summary>
    public const string PermissionDenied = "permission.denied";

    /// <summary>An organization was founded.</summary>
    public const string OrganizationCreated = "organization.created";

    /// <summary>An organization's name, description or the like was changed.</summary>
    public const string OrganizationUpdated = "organization.updated";

    /// <summary>The rules of an organization were changed.</summary>
    public const string SettingsUpdated = "organization.settings_updated";

    /// <summary>An organization was handed over.</summary>
    public const string OwnerChanged = "organization.owner_changed";

    /// <summary>An organization was deleted: nobody can act in it, and what it holds is destroyed after the time of grace.</summary>
    public const string OrganizationDeleted = "organization.deleted";

    /// <summary>A deleted organization was taken back within the time of grace.</summary>
    public const string OrganizationRestored = "organization.restored";

    /// <summary>What a deleted organization held was destroyed; its audit trail stays.</summary>
    public const string OrganizationPurged = "organization.purged";

    /// <summary>A member got another role.</summary>
    public const string MemberRoleChanged = "member.role_changed";

    /// <summary>An invitation was mailed once more, with another token.</summary>
    public const string InvitationResent = "invitation.resent";

    /// <summary>Someone was invited by e-mail.</summary>
    public const string InvitationCreated = "invitation.created";

    /// <summary>An invitation was withdrawn.</summary>
    public const string InvitationRevoked = "invitation.revoked";

    /// <summary>An invitation was accepted.</summary>
    public const string InvitationAccepted = "invitation.accepted";

    /// <summary>Someone became a member.</summary>
    public const string MemberAdded = "member.added";

    /// <summary>A member was removed, or left.</summary>
    public const string MemberRemoved = "member.removed";

    /// <summary>A role was made.</summary>
    public const string RoleCreated = "role.created";

    /// <summary>A role was changed, or one of its permissions added or removed.</summary>
    public const string RoleUpdated = "role.updated";

    /// <summary>A role was removed.</summary>
    public const string RoleDeleted = "role.deleted";

    /// <summary>A role was brought to the newest issue of the template that it is a copy of.</summary>
    public const string RoleUpgraded = "role.upgraded";

    /// <summary>A role was granted to someone, or its end was changed.</summary>
    public const string RoleGranted = "role.granted";

    /// <summary>A role was taken from someone.</summary>
    public const string RoleRevoked = "role.revoked";

    /// <summary>The organization added a permission of its own.</summary>
    public const string PermissionCreated = "permission.created";

    /// <summary>The organization removed a permission of its own.</summary>
    public const string PermissionDeleted = "permission.deleted";

    /// <summary>A department was made.</summary>
    public const string DepartmentCreated = "department.created";

    /// <summary>A department was changed or moved.</summary>
    public const string DepartmentUpdated = "department.updated";

    /// <summary>A department was removed.</summary>
    public const string DepartmentDeleted = "department.deleted";

    /// <summary>Someone came into a department.</summary>
    public const string DepartmentMemberAdded = "department.member_added";

    /// <summary>Someone was taken out of a department.</summary>
    public const string DepartmentMemberRemoved = "department.member_removed";

    /// <summary>It was reviewed who holds what.</summary>
    public const string AccessReviewed = "access.reviewed";

    /// <summary>A document was created.</summary>
    public const string DocumentCreated = "document.created";

    /// <summary>A document's metadata were changed.</summary>
    public const string DocumentUpdated = "document.updated";

    /// <summary>A document was moved to the bin.</summary>
    public const string DocumentDeleted = "document.deleted";

    /// <summary>A document was taken back from the bin.</summary>
    public const string DocumentRestored = "document.restored";

    /// <summary>How long a document is kept was changed.</summary>
    public const string DocumentRetentionChanged = "document.retention_changed";

    /// <summary>A document was destroyed.</summary>
    public const string DocumentDisposed = "document.disposed";

    /// <summary>A document was placed under legal hold.</summary>
    public const string DocumentLegalHoldPlaced = "document.legal_hold_placed";

    /// <summary>A document's legal hold ended.</summary>
    public const string DocumentLegalHoldReleased = "document.legal_hold_released";

    /// <summary>A document got a new version.</summary>
    public const string DocumentVersionAdded = "document.version_added";

    /// <summary>An old version's content became a document's newest version.</summary>
    public const string DocumentVersionRestored = "document.version_restored";

    /// <summary>A version's text was extracted and can be found.</summary>
    public const string DocumentIndexed = "document.indexed";

    /// <summary>A version's text could not be extracted.</summary>
    public const string DocumentIndexingFailed = "document.indexing_failed";

    /// <summary>A version's bytes were handed out.</summary>
    public const string DocumentDownloaded = "document.downloaded";

    /// <summary>A version's stored bytes were found missing or altered.</summary>
    public const string DocumentIntegrityFailed = "document.integrity_failed";

    /// <summary>The documents were searched.</summary>
    public const string DocumentSearched = "document.searched";

    /// <summary>A thread was opened.</summary>
    public const string ThreadCreated = "thread.created";

    /// <summary>A thread's name, description or privacy was changed.</summary>
    public const string ThreadUpdated = "thread.updated";

    /// <summary>A thread was removed.</summary>
    public const string ThreadDeleted = "thread.deleted";

    /// <summary>Someone was added to a thread.</summary>
    public const string ParticipantAdded = "thread.participant_added";

    /// <summary>Someone was removed from a thread, or left it.</summary>
    public const string ParticipantRemoved = "thread.participant_removed";

    /// <summary>A message was sent.</summary>
    public const string MessageSent = "message.sent";

    /// <summary>A message was edited.</summary>
    public const string MessageEdited = "message.edited";

    /// <summary>A message was deleted.</summary>
    public const string MessageDeleted = "message.deleted";

    /// <summary>A moderator read what a message said before.</summary>
    public const string MessageHistoryRead = "message.history_read";

    /// <summary>Somebody reacted to a message.</summary>
    public const string ReactionAdded = "message.reaction_added";

    /// <summary>Somebody took a reaction back.</summary>
    public const string ReactionRemoved = "message.reaction_removed";

    /// <summary>The audit trail was read.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>The audit trail was exported.</summary>
    public const string AuditExported = "audit.exported";

    /// <summary>The audit trail was held against its signed checkpoint.</summary>
    public const string AuditVerified = "audit.verified";

    /// <summary>Somebody asked for a compliance report.</summary>
    public const string AuditReportRequested = "audit.report_requested";

    /// <summary>A compliance report was made.</summary>
    public const string AuditReportCompleted = "audit.report_completed";

    /// <summary>How long the audit trail is kept was changed, or a hold on it placed or ended.</summary>
    public const string AuditRetentionChanged = "audit.retention_changed";

    /// <summary>Events were removed whose days were over.</summary>
    public const string AuditRetentionApplied = "audit.retention_applied";

    /// <summary>Somebody asked for what the trail says of a person to be erased.</summary>
    public const string AuditErasureRequested = "audit.erasure_requested";

    /// <summary>What the trail said of a person was erased.</summary>
    public const string AuditErased = "audit.erased";

    /// <summary>An API key was made.</summary>
    public const string ApiKeyCreated = "api_key.created";

    /// <summary>An API key was changed.</summary>
    public const string ApiKeyUpdated = "api_key.updated";

    /// <summary>An API key was replaced by another.</summary>
    public const string ApiKeyRotated = "api_key.rotated";

    /// <summary>An API key was deleted.</summary>
    public const string ApiKeyDeleted = "api_key.deleted";

    /// <summary>An API key was reported as leaked, and revoked.</summary>
    public const string ApiKeyLeaked = "api_key.leaked";

    /// <summary>A personal API key ended with its holder's membership.</summary>
    public const string ApiKeyRevoked = "api_key.revoked";

    /// <summary>A service key's holder left, and an owner became its holder.</summary>
    public const string ApiKeyHandedOver = "api_key.handed_over";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(AuditActions).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
}
