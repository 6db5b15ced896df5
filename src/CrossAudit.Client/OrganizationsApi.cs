using CrossAudit.Contracts;
using CrossAudit.Contracts.Organizations;

namespace CrossAudit.Client;

/// <summary>Organizations, their members and invitations. Members and invitations are those of the organization signed in to.</summary>
public sealed class OrganizationsApi
{
    private const string Root = "api/organizations";

    private readonly Api _api;

    internal OrganizationsApi(Api api) => _api = api;

    /// <summary>Lists the organizations one belongs to.</summary>
    public Task<PageOf<OrganizationView>> ListAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<OrganizationView>(new Query(Root).Page(limit, offset), stop);

    /// <summary>Founds an organization, of which the caller is the owner.</summary>
    public Task<OrganizationView> FoundAsync(CreateOrganizationRequest request, CancellationToken stop = default) =>
        _api.ReadAsync<OrganizationView>(Call.Post(Root, request), stop);

    /// <summary>Reads one of one's own organizations.</summary>
    public Task<Tagged<OrganizationView>> GetAsync(Guid id, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<OrganizationView>(Call.Get($"{Root}/{id}"), stop);

    /// <summary>Changes what an organization says of itself; with <paramref name="ifMatch"/>, only if nobody else did since.</summary>
    public Task<Tagged<OrganizationView>> UpdateAsync(Guid id, UpdateOrganizationRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<OrganizationView>(Call.Put($"{Root}/{id}", request, ifMatch), stop);

    /// <summary>Deletes an organization, with <paramref name="ifMatch"/> only if nobody changed it since; for 30 days an owner can restore it.</summary>
    public Task<DeletionConfirmation> DeleteAsync(Guid id, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<DeletionConfirmation>(Call.Delete($"{Root}/{id}", ifMatch), stop);

    /// <summary>Takes a deleted organization back.</summary>
    public Task<OrganizationView> RestoreAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<OrganizationView>(Call.Post($"{Root}/{id}/restore"), stop);

    /// <summary>Reads the rules that hold in an organization.</summary>
    public Task<Tagged<OrganizationSettings>> GetSettingsAsync(Guid id, CancellationToken stop = default) => _api.ReadTaggedAsync<OrganizationSettings>(Call.Get($"{Root}/{id}/settings"), stop);

    /// <summary>Changes those rules, at once and for everybody.</summary>
    public Task<Tagged<OrganizationSettings>> UpdateSettingsAsync(Guid id, UpdateSettingsRequest request, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<OrganizationSettings>(Call.Put($"{Root}/{id}/settings", request, ifMatch), stop);

    /// <summary>Gives a member another role.</summary>
    public Task<MemberView> ChangeRoleAsync(Guid id, Guid userId, string role, CancellationToken stop = default) =>
        _api.ReadAsync<MemberView>(Call.Put($"{Root}/{id}/members/{userId}/role", new ChangeRoleRequest { Role = role }), stop);

    /// <summary>Hands an organization over to another member.</summary>
    public Task<MemberView> TransferOwnershipAsync(Guid id, Guid userId, CancellationToken stop = default) =>
        _api.ReadAsync<MemberView>(Call.Post($"{Root}/{id}/transfer-ownership", new TransferOwnershipRequest { UserId = userId }), stop);

    /// <summary>Mails an open invitation once more, with another token.</summary>
    public Task<InvitationView> ResendInvitationAsync(Guid id, Guid invitationId, CancellationToken stop = default) =>
        _api.ReadAsync<InvitationView>(Call.Post($"{Root}/{id}/invitations/{invitationId}/resend"), stop);

    /// <summary>Tells what an invitation is to.</summary>
    public Task<InvitationPreview> LookUpInvitationAsync(string token, CancellationToken stop = default) =>
        _api.ReadAsync<InvitationPreview>(Call.Post($"{Root}/invitations/lookup", new InvitationTokenRequest { Token = token }), stop);

    /// <summary>Lists the members.</summary>
    public Task<PageOf<MemberView>> ListMembersAsync(Guid id, int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<MemberView>(new Query($"{Root}/{id}/members").Page(limit, offset), stop);

    /// <summary>Makes an existing account a member.</summary>
    /// <param name="id">The organization.</param>
    /// <param name="userId">The account.</param>
    /// <param name="role">The role it gets; <c>member</c> where left out.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<MemberView> AddMemberAsync(Guid id, Guid userId, string? role = null, CancellationToken stop = default) =>
        _api.ReadAsync<MemberView>(Call.Post(new Query($"{Root}/{id}/members/{userId}").With("role", role).ToString()), stop);

    /// <summary>Removes a member; anybody may leave by themselves.</summary>
    public Task<Confirmation> RemoveMemberAsync(Guid id, Guid userId, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/{id}/members/{userId}"), stop);

    /// <summary>Lists the invitations, newest first.</summary>
    public Task<PageOf<InvitationView>> ListInvitationsAsync(Guid id, int? limit = null, int? offset = null, string? cursor = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<InvitationView>(new Query($"{Root}/{id}/invitations").Page(limit, offset, cursor), stop);

    /// <summary>Invites someone by e-mail.</summary>
    public Task<InvitationView> InviteAsync(Guid id, CreateInvitationRequest request, CancellationToken stop = default) =>
        _api.ReadAsync<InvitationView>(Call.Post($"{Root}/{id}/invitations", request), stop);

    /// <summary>Reads an invitation.</summary>
    public Task<Tagged<InvitationView>> GetInvitationAsync(Guid id, Guid invitationId, CancellationToken stop = default) =>
        _api.ReadTaggedAsync<InvitationView>(Call.Get($"{Root}/{id}/invitations/{invitationId}"), stop);

    /// <summary>Withdraws an invitation; with <paramref name="ifMatch"/>, only if nobody changed it since.</summary>
    public Task<Confirmation> RevokeInvitationAsync(Guid id, Guid invitationId, string? ifMatch = null, CancellationToken stop = default) =>
        _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/{id}/invitations/{invitationId}", ifMatch), stop);

    /// <summary>Accepts an invitation as the signed-in account.</summary>
    /// <param name="token">The token from the invitation's mail.</param>
    /// <param name="stop">Gives up waiting.</param>
    public Task<OrganizationView> AcceptInvitationAsync(string token, CancellationToken stop = default) =>
        _api.ReadAsync<OrganizationView>(Call.Post($"{Root}/invitations/accept", new AcceptInvitationRequest { Token = token }), stop);
}
