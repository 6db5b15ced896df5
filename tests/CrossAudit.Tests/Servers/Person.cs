using System.Net.Http.Headers;
using CrossAudit.Client;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Tests.Servers;

/// <summary>Somebody who is signed in, and what people do in tests.</summary>
public sealed class Person
{
    public const string Password = "a long enough password";

    private static int _people;

    private readonly RunningServer _server;

    private Person(RunningServer server, CrossAuditClient client, SessionView session) => (_server, Client, Session) = (server, client, session);

    public CrossAuditClient Client { get; }

    /// <summary>Where they have registered.</summary>
    public RunningServer Server => _server;

    public SessionView Session { get; private set; }

    public Guid Id => Session.User.Id;

    public string Email => Session.User.Email;

    public Guid OrganizationId => Session.Organization.Id;

    /// <summary>Registers somebody with an organization of their own.</summary>
    public static async Task<Person> FounderAsync(RunningServer server)
    {
        var client = server.NewClient();
        return new Person(server, client, await client.Auth.RegisterAsync(new RegisterRequest
        {
            Email = NewEmail(),
            Password = Password,
            FirstName = "Ada",
            LastName = "Founder",
            OrganizationName = "Acme",
        }, Stop));
    }

    /// <summary>Registers somebody else and makes them a member of this person's organization, signed in to it.</summary>
    public async Task<Person> AddMemberAsync(string role)
    {
        var other = await FounderAsync(_server);
        await Client.Organizations.AddMemberAsync(OrganizationId, other.Id, role, Stop);
        other.Session = await other.Client.Auth.LoginAsync(new LoginRequest { Email = other.Email, Password = Password, OrganizationId = OrganizationId }, Stop);
        return other;
    }

    /// <summary>This person, signed in with the same session, at another node.</summary>
    public CrossAuditClient On(RunningServer node)
    {
        var client = node.NewClient();
        client.Tokens = Client.Tokens;
        return client;
    }

    /// <summary>Uploads a text and waits until it can be found.</summary>
    public async Task<DocumentView> UploadTextAsync(string text, SensitivityLevel label = SensitivityLevel.Internal, string title = "A text")
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        var upload = await Client.Documents.UploadAsync(content, "text.txt", new UploadFields { Title = title, SensitivityLevel = label }, Stop);
        return await UntilSettledAsync(upload.DocumentId);
    }

    /// <summary>Waits until the newest version's text is extracted, or cannot be.</summary>
    public async Task<DocumentView> UntilSettledAsync(Guid documentId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Stop);
        while (true)
        {
            var document = (await Client.Documents.GetAsync(documentId, either.Token)).Value;
            if (document.Status != DocumentStatus.Pending)
                return document;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, either.Token);
        }
    }

    /// <summary>A raw request as this person, for what the typed client would not send.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Session.AccessToken);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _server.Http.SendAsync(request, Stop);
    }

    public static string NewEmail() => $"person-{Interlocked.Increment(ref _people)}-{Environment.ProcessId}@example.org";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
