using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;

namespace CrossAudit.Client;

/// <summary>Signing in and out; the client then holds the session's tokens.</summary>
public sealed class AuthApi
{
    private const string Root = "api/auth";

    private readonly Api _api;
    private readonly Session _session;

    internal AuthApi(Api api, Session session) => (_api, _session) = (api, session);

    /// <summary>Makes an account and signs it in.</summary>
    public Task<SessionView> RegisterAsync(RegisterRequest request, CancellationToken stop = default) => SignInAsync("register", request, stop);

    /// <summary>Signs in by password.</summary>
    public Task<SessionView> LoginAsync(LoginRequest request, CancellationToken stop = default) => SignInAsync("login", request, stop);

    /// <summary>Signs in by password, to the organization used last.</summary>
    public Task<SessionView> LoginAsync(string email, string password, CancellationToken stop = default) =>
        LoginAsync(new LoginRequest { Email = email, Password = password }, stop);

    /// <summary>Renews the session now. Requests renew it by themselves when its access token has expired.</summary>
    public Task<SessionView> RefreshAsync(CancellationToken stop = default) => _session.RefreshAsync(stop);

    /// <summary>Goes on with the session that this refresh token belongs to.</summary>
    public Task<SessionView> RefreshAsync(string refreshToken, CancellationToken stop = default) =>
        SignInAsync("refresh", new RefreshRequest { RefreshToken = refreshToken }, stop);

    /// <summary>Ends the session, on the server too, and forgets its tokens.</summary>
    public async Task<Confirmation> LogoutAsync(CancellationToken stop = default)
    {
        var confirmation = await _api.ReadAsync<Confirmation>(Call.Post($"{Root}/logout"), stop);
        _session.Use(null);
        return confirmation;
    }

    /// <summary>Reads who is signed in.</summary>
    public Task<UserView> MeAsync(CancellationToken stop = default) => _api.ReadAsync<UserView>(Call.Get($"{Root}/me"), stop);

    /// <summary>Lists one's own sessions, the one used last first.</summary>
    public Task<PageOf<SessionListItem>> ListSessionsAsync(int? limit = null, int? offset = null, CancellationToken stop = default) =>
        _api.ReadPageAsync<SessionListItem>(new Query($"{Root}/sessions").Page(limit, offset), stop);

    /// <summary>Ends one of one's own sessions.</summary>
    public Task<Confirmation> EndSessionAsync(Guid id, CancellationToken stop = default) => _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/sessions/{id}"), stop);

    /// <summary>Ends all of one's own sessions but this one.</summary>
    public Task<Confirmation> EndOtherSessionsAsync(CancellationToken stop = default) => _api.ReadAsync<Confirmation>(Call.Delete($"{Root}/sessions"), stop);

    /// <summary>Goes on in another of one's organizations; the client then holds the tokens of that session.</summary>
    public async Task<SessionView> SwitchOrganizationAsync(Guid organizationId, CancellationToken stop = default) =>
        _session.SignIn(await _api.ReadAsync<SessionView>(Call.Post($"{Root}/switch-organization", new SwitchOrganizationRequest { OrganizationId = organizationId }), stop));

    /// <summary>Proves once more who is signed in, for what asks for a recent proof; the client goes on with the new access token.</summary>
    public async Task<AccessTokenView> ReauthenticateAsync(ReauthenticateRequest request, CancellationToken stop = default)
    {
        var view = await _api.ReadAsync<AccessTokenView>(Call.Post($"{Root}/reauthenticate", request), stop);
        _session.Renew(view);
        return view;
    }

    private async Task<SessionView> SignInAsync<T>(string path, T request, CancellationToken stop) =>
        _session.SignIn(await _api.ReadAsync<SessionView>(Call.Post($"{Root}/{path}", request) with { IsAnonymous = true }, stop));
}
