using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Server.Core.Actors;

/// <summary>Who is calling, for which organization, and what they may do. Immutable: a change of rights makes a new one.</summary>
internal sealed record Actor
{
    /// <summary>What kind of actor it is: one of <see cref="ActorTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The account; null for the system and for people not signed in.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The actor as a person reads it in the audit trail.</summary>
    public required string Label { get; init; }

    /// <summary>The organization acted in; all zeros, which no row has, where there is none.</summary>
    public Guid OrganizationId { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>The API key that acts; null where a person does.</summary>
    public ActorKey? Key { get; init; }

    /// <summary>When the person behind the session last proved who they are; null for actors without a session.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The role of the membership.</summary>
    public string? Role { get; init; }

    /// <summary>What the actor may do, and where.</summary>
    public UserAccess Access { get; init; } = UserAccess.None;

    /// <summary>The highest label the actor may see where no department says otherwise.</summary>
    public SensitivityLevel Clearance => Access.Clearance;

    /// <summary>The organization's rules.</summary>
    public OrganizationSettings Policy { get; init; } = new();

    /// <summary>
    /// The code of what the organization's rules ask for and the session lacks; null where it lacks nothing. Until it is made good the actor holds no
    /// permission, and reaches only what helps to.
    /// </summary>
    public string? Restriction { get; init; }

    /// <summary>When the right to act ends by itself.</summary>
    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    public bool IsSignedIn => UserId is not null;

    /// <summary>The account, on routes that only signed-in people reach.</summary>
    public Guid RequiredUserId => UserId ?? throw new InvalidOperationException("This route was reached without signing in.");

    /// <summary>Whose own things it reads, such as private threads; null for nobody's. A service key is nobody's: it does not read what is its holder's alone.</summary>
    public Guid? ReaderId => Key is { IsService: true } ? null : UserId;

    /// <summary>Who acts, whether person or key; all zeros for anybody else.</summary>
    public Guid Id => Key?.Id ?? UserId ?? Guid.Empty;

    /// <summary>What the actor may do by this graph: of a key, what its holder may, as far as its scopes go.</summary>
    public UserAccess AccessIn(AccessGraph graph, DateTimeOffset now)
    {
        var held = graph.AccessOf(RequiredUserId, now);
        return Key is null ? held : Key.Rights.Within(held);
    }

    /// <summary>Whether it is one of the organization's owners, in person: no key stands for what they are.</summary>
    public bool IsOwnerIn(AccessGraph graph) => Key is null && graph.IsOwner(RequiredUserId);

    public static Actor Anonymous { get; } = new() { Type = ActorTypes.Anonymous, Label = "anonymous" };

    /// <summary>The server itself, at work for one organization.</summary>
    public static Actor System(Guid organizationId) => new()
    {
        Type = ActorTypes.System,
        Label = "system",
        OrganizationId = organizationId,
        Access = UserAccess.Everything,
    };
}

/// <summary>What kinds of actors there are.</summary>
internal static class ActorTypes
{
    public const string User = "user";
    public const string ApiKey = "api_key";
    public const string System = "system";
    public const string Anonymous = "anonymous";
}
