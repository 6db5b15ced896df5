namespace CrossAudit.Contracts.Errors;

/// <summary>
/// The stable <c>code</c> of every problem the API answers: <c>area.reason</c>. Texts may be reworded; a code keeps its meaning.
/// <c>docs/errors.md</c> lists them all, which a test holds it to.
/// </summary>
public static class ErrorCodes
{
    /// <summary>400: the request does not have the form its route takes; <c>errors</c> names the fields.</summary>
    public const string RequestInvalid = "request.invalid";

    /// <summary>404: no route has this path.</summary>
    public const string RouteNotFound = "request.route_not_found";

    /// <summary>405: the path exists, but not with this method.</summary>
    public const string MethodNotAllowed = "request.method_not_allowed";

    /// <summary>406 and other refusals of the protocol without a code of their own.</summary>
    public const string RequestRefused = "request.refused";

    /// <summary>412: the resource has changed since the version named in <c>If-Match</c>.</summary>
    public const string PreconditionFailed = "request.precondition_failed";

    /// <summary>413: the body is larger than the route takes.</summary>
    public const string BodyTooLarge = "request.too_large";

    /// <summary>415: the body is of a media type that the route does not take.</summary>
    public const string MediaTypeUnsupported = "request.media_type_unsupported";

    /// <summary>409: someone else changed the resource at the same moment.</summary>
    public const string Conflict = "request.conflict";

    /// <summary>400: the request names a host that <c>ALLOWED_HOSTS</c> does not list.</summary>
    public const string HostNotAllowed = "request.host_not_allowed";

    /// <summary>422: the <c>Idempotency-Key</c> was sent before, with another request.</summary>
    public const string IdempotencyKeyReused = "request.idempotency_key_reused";

    /// <summary>409: a request with the same <c>Idempotency-Key</c> is under way.</summary>
    public const string IdempotencyInFlight = "request.idempotency_in_flight";

    /// <summary>409: what was asked for under this <c>Idempotency-Key</c> is done, and its answer was lost with the node that did it.</summary>
    public const string IdempotencyAnswerLost = "request.idempotency_answer_lost";

    /// <summary>429: too many requests; <c>Retry-After</c> says when to come back.</summary>
    public const string TooManyRequests = "request.too_many";

    /// <summary>500: a fault of the server; <c>trace_id</c> finds it in the log.</summary>
    public const string ServerFault = "server.fault";

    /// <summary>503: something the server needs is away; <c>Retry-After</c> says when to try again.</summary>
    public const string ServerUnavailable = "server.unavailable";

    /// <summary>507: the server has no room for what was sent.</summary>
    public const string StorageFull = "server.storage_full";

    /// <summary>401: no valid access token was sent.</summary>
    public const string Unauthenticated = "auth.unauthenticated";

    /// <summary>401: the route needs a recent proof of who the caller is (RFC 9470); <c>WWW-Authenticate</c> says how recent.</summary>
    public const string RecentSignInRequired = "auth.recent_sign_in_required";

    /// <summary>401: the e-mail address and password do not belong together.</summary>
    public const string InvalidCredentials = "auth.invalid_credentials";

    /// <summary>401: the password is right, and the account's second factor is needed too.</summary>
    public const string MfaRequired = "auth.mfa_required";

    /// <summary>401 at sign-in, 400 elsewhere: the code of the second factor is wrong, or was used before.</summary>
    public const string InvalidMfaCode = "auth.invalid_mfa_code";

    /// <summary>409: the second factor is on already.</summary>
    public const string MfaAlreadyEnabled = "auth.mfa_already_enabled";

    /// <summary>409: the second factor is off.</summary>
    public const string MfaNotEnabled = "auth.mfa_not_enabled";

    /// <summary>429: there were too many attempts on this account or from this address; <c>Retry-After</c> says when the next may be made.</summary>
    public const string LockedOut = "auth.locked_out";

    /// <summary>400: the password is one of those that are tried first.</summary>
    public const string PasswordCommon = "auth.password_common";

    /// <summary>400: the current password is wrong.</summary>
    public const string InvalidPassword = "auth.invalid_password";

    /// <summary>400: the one-time token is unknown, expired, used, or replaced by a later one.</summary>
    public const string InvalidToken = "auth.invalid_token";

    /// <summary>401: the refresh token is unknown, expired, used or revoked.</summary>
    public const string InvalidRefreshToken = "auth.invalid_refresh_token";

    /// <summary>400: an account with this e-mail address exists.</summary>
    public const string EmailTaken = "auth.email_taken";

    /// <summary>403: the account belongs to no organization that it could sign in to.</summary>
    public const string NoOrganization = "auth.no_organization";

    /// <summary>403: the organization asks for a second factor, and the session has none.</summary>
    public const string MfaRequiredByOrganization = "organization.mfa_required";

    /// <summary>403: the organization was deleted, and all an owner can do in it is to restore it.</summary>
    public const string OrganizationDeleted = "organization.deleted";

    /// <summary>403, or 400 for an invitation: the organization admits confirmed e-mail addresses of certain domains only.</summary>
    public const string EmailDomainNotAllowed = "organization.email_domain_not_allowed";

    /// <summary>409: whoever sets a rule has to keep it themselves, or they would lock themselves out.</summary>
    public const string RuleShutsOutSetter = "organization.rule_shuts_out_setter";

    /// <summary>403: only an owner may do this.</summary>
    public const string OwnerRequired = "organization.owner_required";

    /// <summary>403: none of the actor's roles has the permission that the route needs.</summary>
    public const string PermissionDenied = "access.permission_denied";

    /// <summary>404: nothing with this id, or nothing that the actor may know of.</summary>
    public const string NotFound = "resource.not_found";

    /// <summary>400: the invitation is unknown, expired, used, or meant for another address.</summary>
    public const string InvitationInvalid = "invitation.invalid";

    /// <summary>409: the person is a member already.</summary>
    public const string MemberExists = "member.exists";

    /// <summary>409: the last owner can neither leave nor be demoted.</summary>
    public const string LastOwner = "member.last_owner";

    /// <summary>403: nobody can give a role above their own.</summary>
    public const string RoleAboveOwn = "member.role_above_own";

    /// <summary>403: the role is one of those that every organization has, and nobody can change it.</summary>
    public const string RoleReadOnly = "role.read_only";

    /// <summary>409: another role of the organization has this name.</summary>
    public const string RoleNameTaken = "role.name_taken";

    /// <summary>409: the role would inherit from itself.</summary>
    public const string RoleCycle = "role.cycle";

    /// <summary>409: there is no such role (any more) in the organization.</summary>
    public const string RoleUnknown = "role.unknown";

    /// <summary>409: people have the role, other roles inherit from it, or departments give it.</summary>
    public const string RoleInUse = "role.in_use";

    /// <summary>409: the role is no copy of a template, or has its newest issue.</summary>
    public const string RoleUpToDate = "role.up_to_date";

    /// <summary>409: the organization has a permission of this name.</summary>
    public const string PermissionExists = "permission.exists";

    /// <summary>400: there is no such permission in the organization.</summary>
    public const string PermissionUnknown = "permission.unknown";

    /// <summary>409: roles hold the permission.</summary>
    public const string PermissionInUse = "permission.in_use";

    /// <summary>409: another department of the organization has this name.</summary>
    public const string DepartmentNameTaken = "department.name_taken";

    /// <summary>409: the department would be part of itself.</summary>
    public const string DepartmentCycle = "department.cycle";

    /// <summary>409: there is no such department (any more) in the organization.</summary>
    public const string DepartmentUnknown = "department.unknown";

    /// <summary>409: departments are below it, documents or threads belong to it, or roles are granted for it.</summary>
    public const string DepartmentInUse = "department.in_use";

    /// <summary>409: an owner would be left without what it takes to put things right again.</summary>
    public const string OwnerLockedOut = "access.owner_locked_out";

    /// <summary>415: the file is of a type that cannot be governed here; the detail says what was found.</summary>
    public const string FileTypeUnsupported = "document.file_type_unsupported";

    /// <summary>400: the file has no bytes.</summary>
    public const string FileEmpty = "document.file_empty";

    /// <summary>413: the file is larger than <c>MAX_FILE_SIZE</c>.</summary>
    public const string FileTooLarge = "document.file_too_large";

    /// <summary>403: nobody labels above their own clearance.</summary>
    public const string AboveClearance = "document.above_clearance";

    /// <summary>403: lowering a label needs the permission <c>documents.reclassify</c>.</summary>
    public const string ReclassifyDenied = "document.reclassify_denied";

    /// <summary>400: lowering a label needs a reason.</summary>
    public const string ReasonRequired = "document.reason_required";

    /// <summary>409: the document is under legal hold and cannot be deleted.</summary>
    public const string OnLegalHold = "document.on_legal_hold";

    /// <summary>A version to compare has no text that could be compared, or not yet.</summary>
    public const string VersionHasNoText = "document.version_has_no_text";

    /// <summary>A version to compare has more text than is compared.</summary>
    public const string VersionTooLarge = "document.version_too_large";

    /// <summary>409: a document of the organization is under legal hold, so it cannot be deleted.</summary>
    public const string OrganizationOnLegalHold = "organization.on_legal_hold";

    /// <summary>403: private and direct threads are people's: a service key opens none.</summary>
    public const string PersonRequired = "chat.person_required";

    /// <summary>403: only the author, or a moderator, may do this to a message or thread.</summary>
    public const string NotAuthor = "chat.not_author";

    /// <summary>409: the message was deleted.</summary>
    public const string MessageDeleted = "chat.message_deleted";

    /// <summary>400: the message is HTML with more tags than can be shown safely.</summary>
    public const string HtmlTooComplex = "chat.html_too_complex";

    /// <summary>400: the message answered to is not in this thread.</summary>
    public const string ParentNotInThread = "chat.parent_not_in_thread";

    /// <summary>400: a participant named is not a member of the organization.</summary>
    public const string ParticipantNotMember = "chat.participant_not_member";

    /// <summary>400: a person mentioned cannot read the thread.</summary>
    public const string MentionNotReader = "chat.mention_not_reader";

    /// <summary>400: a document attached does not exist for whoever attaches it.</summary>
    public const string AttachmentUnknown = "chat.attachment_unknown";

    /// <summary>409: what the message holds is labelled above its thread, and the organization refuses that.</summary>
    public const string LabelAboveThread = "chat.label_above_thread";

    /// <summary>409: the thread is archived, and nothing is sent to it.</summary>
    public const string ThreadArchived = "chat.thread_archived";

    /// <summary>409: the thread is the conversation of two people: its people and what it is stay as they are.</summary>
    public const string ThreadIsDirect = "chat.thread_is_direct";

    /// <summary>409: somebody has reacted to this message in as many ways as one can.</summary>
    public const string TooManyReactions = "chat.too_many_reactions";

    /// <summary>Frame: the frame is not of a form the socket takes.</summary>
    public const string FrameInvalid = "chat.frame_invalid";

    /// <summary>Frame: the socket of all threads needs a <c>thread_id</c> in this frame.</summary>
    public const string ThreadRequired = "chat.thread_required";

    /// <summary>An event is not sealed yet; it will be within a second.</summary>
    public const string AuditNotSealed = "audit.not_sealed";

    /// <summary>The days are fewer than the preset demands.</summary>
    public const string AuditRetentionTooShort = "audit.retention_too_short";

    /// <summary>Of a member nothing is erased.</summary>
    public const string AuditSubjectIsMember = "audit.subject_is_member";

    /// <summary>The trail is under legal hold.</summary>
    public const string AuditOnLegalHold = "audit.on_legal_hold";

    /// <summary>A key would have a scope, or see a label, that its maker does not hold themselves.</summary>
    public const string ApiKeyAboveOwn = "api_key.above_own";

    /// <summary>A personal key is changed by its holder alone.</summary>
    public const string ApiKeyNotHolder = "api_key.not_holder";

    /// <summary>The key was revoked for good.</summary>
    public const string ApiKeyRevoked = "api_key.revoked";

    /// <summary>The key may not be used from the caller's address.</summary>
    public const string ApiKeyAddressNotAllowed = "api_key.address_not_allowed";
}
