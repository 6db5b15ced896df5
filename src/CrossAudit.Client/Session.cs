using CrossAudit.Contracts.Auth;

namespace CrossAudit.Client;

/// <summary>Tokens as they are held.</summary>
/// <param name="Tokens">What requests carry.</param>
/// <param name="SignIn">Counts sign-ins, so that what was asked under one is never repeated under the next, which may be another person's.</param>
internal sealed record HeldTokens(SessionTokens Tokens, int SignIn);

/// <summary>
/// Holds the tokens and renews them. A refresh token works once, and one used twice ends the session: whoever finds the tokens expired
/// at the same time shares one renewal.
/// </summary>
internal sealed class Session(Wire wire, TimeProvider clock)
{
    /// <summary>Tokens that would expire on the way are renewed first.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private volatile HeldTokens? _held;
    private int _signIns;
    private Task<SessionView>? _renewal;
    private HeldTokens? _renewing;

    public event Action<SessionTokens?>? Changed;

    public SessionTokens? Tokens => _held?.Tokens;

    /// <summary>Goes on with other tokens, or with none.</summary>
    public void Use(SessionTokens? tokens)
    {
        lock (_lock)
            _held = tokens is null ? null : new HeldTokens(tokens, ++_signIns);
        Changed?.Invoke(tokens);
    }

    public SessionView SignIn(SessionView view)
    {
        Use(TokensOf(view));
        return view;
    }

    /// <summary>Goes on with another access token of the same session.</summary>
    public void Renew(AccessTokenView view)
    {
        lock (_lock)
            _held = _held is { } held ? held with { Tokens = held.Tokens with { AccessToken = view.AccessToken, ExpiresAt = clock.GetUtcNow().AddSeconds(view.ExpiresIn) } } : null;
        Changed?.Invoke(Tokens);
    }

    /// <summary>What to send now; null where nobody is signed in (any more).</summary>
    public async ValueTask<HeldTokens?> CurrentAsync(CancellationToken stop)
    {
        var held = _held;
        return held is { Tokens: { RefreshToken: not null, ExpiresAt: { } end } } && end - OnTheWay <= clock.GetUtcNow()
            ? await RenewedAsync(held, stop)
            : held;
    }

    /// <summary>What takes the place of tokens that work no longer; null if nothing does, for they cannot be renewed or the session is over.</summary>
    public async Task<HeldTokens?> RenewedAsync(HeldTokens stale, CancellationToken stop)
    {
        Task renewal;
        lock (_lock)
        {
            if (!ReferenceEquals(_held, stale))
                return Since(stale);
            if (stale.Tokens.RefreshToken is null)
                return null;
            renewal = JoinRenewal(stale);
        }
        try
        {
            await renewal.WaitAsync(stop);
        }
        catch (CrossAuditException refused) when (refused.Problem.Status == 401)
        {
            // The session is over. The request that met this says so in its own words.
        }
        return Since(stale);
    }

    /// <summary>Renews now, whether the tokens have expired or not.</summary>
    public Task<SessionView> RefreshAsync(CancellationToken stop)
    {
        lock (_lock)
            return _held is { Tokens.RefreshToken: not null } held
                ? JoinRenewal(held).WaitAsync(stop)
                : throw new InvalidOperationException("There is no refresh token: sign in first.");
    }

    // Newer tokens of the same sign-in.
    private HeldTokens? Since(HeldTokens stale) => _held is { } held && held.SignIn == stale.SignIn && !ReferenceEquals(held, stale) ? held : null;

    private Task<SessionView> JoinRenewal(HeldTokens held)
    {
        if (_renewal is { IsCompleted: false } running && ReferenceEquals(_renewing, held))
            return running;
        _renewing = held;
        return _renewal = RenewAsync(held);
    }

    // Nobody's own cancellation reaches it: others wait for it too, and the server may have spent the token already.
    private async Task<SessionView> RenewAsync(HeldTokens held)
    {
        // The lock is held until here; those who hear of the change are not to be called under it.
        await Task.Yield();
        try
        {
            var refresh = new RefreshRequest { RefreshToken = held.Tokens.RefreshToken };
            using var answer = await wire.SendAsync(Call.Post("api/auth/refresh", refresh), null, CancellationToken.None);
            var view = await Answers.ReadAsync<SessionView>(answer, CancellationToken.None);
            Replace(held, held with { Tokens = TokensOf(view) });
            return view;
        }
        catch (CrossAuditException refused) when (refused.Problem.Status == 401)
        {
            Replace(held, null);
            throw;
        }
    }

    // Whoever signed out or in meanwhile is left as they are.
    private void Replace(HeldTokens before, HeldTokens? now)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_held, before))
                return;
            _held = now;
        }
        Changed?.Invoke(now?.Tokens);
    }

    private SessionTokens TokensOf(SessionView view) => new(view.AccessToken, view.RefreshToken, clock.GetUtcNow().AddSeconds(view.ExpiresIn));
}
