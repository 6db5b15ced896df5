using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>Where a thing stands that permissions are asked for.</summary>
/// <param name="DepartmentId">The department it belongs to; null for the organization at large.</param>
/// <param name="Label">Its label, where it has one.</param>
/// <param name="Participants">Those who alone know of it; null where it is for everybody who may read there.</param>
internal sealed record ResourcePlace(Guid? DepartmentId, SensitivityLevel? Label = null, IReadOnlyList<Guid>? Participants = null)
{
    public static ResourcePlace Organization { get; } = new((Guid?)null);
}

/// <summary>Whether somebody may do something somewhere, and all that decides it.</summary>
internal sealed record AccessDecision(bool IsAllowed, IReadOnlyList<AccessReason> Reasons)
{
    /// <summary>Decides, the long way: by going through every grant and every ancestor. It agrees with what <see cref="UserAccess"/> says, and says why.</summary>
    public static AccessDecision Of(AccessGraph graph, Guid userId, string permission, ResourcePlace where, DateTimeOffset now)
    {
        // An entry such as admin.full covers any name. What is no permission of the organization nobody holds, though.
        if (graph.Permissions.NumberOf(permission) < 0)
            return new(false, [AccessReason.NothingAllows(permission)]);
        var place = graph.Departments.PlaceOf(where.DepartmentId);
        var (counting, others) = Split(graph.GrantsOf(userId), grant => grant.IsActive(now) && grant.Span.Holds(place));
        var denying = AccessReason.Denying(counting, permission).ToList();
        if (denying.Count > 0)
            return new(false, denying);
        var allowing = AccessReason.Allowing(counting, permission).ToList();
        if (allowing.Count == 0)
            return new(false, [AccessReason.NothingAllows(permission), .. AccessReason.Allowing(others, permission).Select(reason => reason.WouldAllow(now))]);
        var clearance = counting.Max(grant => grant.Role.Clearance);
        if (where.Label > clearance)
            return new(false, [AccessReason.ClearanceTooLow(where.Label.Value, clearance)]);
        if (where.Participants is { } people && !people.Contains(userId))
            return new(false, [AccessReason.NoParticipant()]);
        return new(true, allowing);
    }

    private static (List<GraphGrant> Counting, List<GraphGrant> Others) Split(IReadOnlyList<GraphGrant> grants, Predicate<GraphGrant> counts) =>
        ([.. grants.Where(grant => counts(grant))], [.. grants.Where(grant => !counts(grant))]);
}

/// <summary>One reason of a decision.</summary>
/// <param name="Grant">The role that somebody has; null where none is meant.</param>
/// <param name="Stands">Where in that role's line it stands: the role itself, or an ancestor.</param>
/// <param name="Entry">What covers the permission there.</param>
internal sealed record AccessReason(AccessEffect Effect, string Detail, GraphGrant? Grant = null, GraphRole? Stands = null, string? Entry = null)
{
    /// <summary>The ancestor it stands in, if it is not the role itself.</summary>
    public GraphRole? Ancestor => Stands == Grant?.Role ? null : Stands;

    public static IEnumerable<AccessReason> Allowing(IEnumerable<GraphGrant> grants, string permission) => Covering(grants, permission, AccessEffect.Allow, role => role.Own);

    public static IEnumerable<AccessReason> Denying(IEnumerable<GraphGrant> grants, string permission) => Covering(grants, permission, AccessEffect.Deny, role => role.OwnDenied);

    public static AccessReason NothingAllows(string permission) => new(AccessEffect.Missing, $"No role that counts here allows {permission}.");

    public static AccessReason ClearanceTooLow(SensitivityLevel label, SensitivityLevel clearance) =>
        new(AccessEffect.Missing, $"The label is {Name(label)}, and the roles that count here see no further than {Name(clearance)}.");

    public static AccessReason NoParticipant() => new(AccessEffect.Missing, "It is private, and they do not take part in it.");

    /// <summary>The same of a grant that does not count here or no longer: what comes nearest to allowing.</summary>
    public AccessReason WouldAllow(DateTimeOffset now) => this with
    {
        Effect = AccessEffect.Missing,
        Detail = Grant!.IsActive(now) ? Detail + " That is not where it is asked for." : Detail + " It has ended.",
    };

    private static IEnumerable<AccessReason> Covering(IEnumerable<GraphGrant> grants, string permission, AccessEffect effect, Func<GraphRole, IReadOnlyList<string>> entries) =>
        from grant in grants
        from role in grant.Role.Chain()
        from entry in entries(role)
        where PermissionIndex.Covers(entry, permission)
        select new AccessReason(effect, Sentence(grant, role, effect == AccessEffect.Allow ? "allows" : "denies", entry), grant, role, entry);

    private static string Sentence(GraphGrant grant, GraphRole stands, string verb, string entry)
    {
        var came = grant.Source switch
        {
            RoleSource.Membership => "carried by the membership",
            RoleSource.Department => "the default role of a department",
            _ when grant.DepartmentId is not null => "granted for a department",
            _ => "granted for the whole organization",
        };
        return $"The role {grant.Role.Name}, {came}, {verb} {entry}{(stands == grant.Role ? "" : $", inherited from {stands.Name}")}.";
    }

    private static string Name(SensitivityLevel level) => level.ToString().ToLowerInvariant();
}
