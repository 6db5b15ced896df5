namespace CrossAudit.Client;

/// <summary>
/// Talks to a CrossAudit server. It holds the tokens of one session, sends them along and renews them before or when they expire;
/// it may be used from many threads at once.
/// </summary>
public sealed class CrossAuditClient
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Session _session;

    /// <summary>Makes a client that is not signed in.</summary>
    /// <param name="http">Carries the requests; it stays the caller's. Its base address names the server, and ends in <c>/</c> where it has a path.</param>
    /// <param name="clock">Tells when tokens expire; the system's where left out.</param>
    public CrossAuditClient(HttpClient http, TimeProvider? clock = null)
        : this(http, clock, null, null)
    {
    }

    private CrossAuditClient(HttpClient http, TimeProvider? clock, Session? session, string? idempotencyKey)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is null)
            throw new ArgumentException("Its BaseAddress has to name the server.", nameof(http));
        (_http, _clock) = (http, clock ?? TimeProvider.System);
        var wire = new Wire(http);
        _session = session ?? new Session(wire, _clock);
        var api = new Api(wire, _session, idempotencyKey);
        Auth = new AuthApi(api, _session);
        Account = new AccountApi(api);
        Organizations = new OrganizationsApi(api);
        Access = new AccessApi(api);
        Documents = new DocumentsApi(api);
        Chat = new ChatApi(api, _session, http.BaseAddress);
        Audit = new AuditApi(api);
        ApiKeys = new ApiKeysApi(api);
        Health = new HealthApi(api);
    }

    /// <summary>Raised when the tokens change: signed in, renewed, or null once signed out. The place to keep them for the next start.</summary>
    public event Action<SessionTokens?>? TokensChanged
    {
        add => _session.Changed += value;
        remove => _session.Changed -= value;
    }

    /// <summary>The tokens that requests carry; null where nobody is signed in. Set it to go on with tokens that were kept.</summary>
    public SessionTokens? Tokens
    {
        get => _session.Tokens;
        set => _session.Use(value);
    }

    /// <summary>Signing in and out.</summary>
    public AuthApi Auth { get; }

    /// <summary>One's own account.</summary>
    public AccountApi Account { get; }

    /// <summary>Organizations, members and invitations.</summary>
    public OrganizationsApi Organizations { get; }

    /// <summary>Roles, departments, grants, and who may do what.</summary>
    public AccessApi Access { get; }

    /// <summary>Documents, their versions, and search.</summary>
    public DocumentsApi Documents { get; }

    /// <summary>Threads, messages and sockets.</summary>
    public ChatApi Chat { get; }

    /// <summary>The audit trail.</summary>
    public AuditApi Audit { get; }

    /// <summary>API keys. A client of one is made by <see cref="As"/>.</summary>
    public ApiKeysApi ApiKeys { get; }

    /// <summary>How the server is.</summary>
    public HealthApi Health { get; }

    /// <summary>
    /// This client with the same session, whose POSTs carry this <c>Idempotency-Key</c>: take one for each thing to create, and the same one to ask for it again.
    /// </summary>
    public CrossAuditClient Once(string idempotencyKey) => new(_http, _clock, _session, idempotencyKey);

    /// <summary>A client of the same server that sends this bearer token or API key as it is, and never renews it.</summary>
    public CrossAuditClient As(string accessToken) => new(_http, _clock) { Tokens = new SessionTokens(accessToken) };
}
