using System.Collections.Concurrent;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>What is held in a run of departments, from <paramref name="First"/> to where the next segment begins.</summary>
internal readonly record struct AccessSegment(int First, PermissionSet Held, SensitivityLevel Clearance);

/// <summary>
/// What one person may do, compiled from their grants: true until the first of these ends. A permission is held at a place if a role counts there that allows
/// it, and none that denies it. Asking allocates nothing, and costs nothing that grows with the organization.
/// </summary>
internal sealed class UserAccess
{
    private readonly AccessGraph? _graph;
    // By place. The first one begins at 0, which is the organization at large.
    private readonly AccessSegment[] _segments;
    private readonly PermissionSet _somewhere;
    private readonly ConcurrentDictionary<int, Reach> _reaches = new();

    /// <param name="grants">Those that count now.</param>
    /// <param name="validUntil">When the first of them ends.</param>
    public UserAccess(AccessGraph graph, IReadOnlyList<GraphGrant> grants, DateTimeOffset validUntil)
        : this(AccessSegments.Of(grants, graph.Permissions), validUntil, graph)
    {
    }

    private UserAccess(AccessSegment[] segments, DateTimeOffset validUntil, AccessGraph? graph = null) =>
        (_segments, _somewhere, ValidUntil, _graph) = (segments, segments.Select(segment => segment.Held).Aggregate((one, other) => one.Union(other)), validUntil, graph);

    public static UserAccess None { get; } = new([new(0, PermissionSet.None, SensitivityLevel.Public)], DateTimeOffset.MaxValue);

    public static UserAccess Everything { get; } = new([new(0, PermissionSet.Everything, SensitivityLevel.Restricted)], DateTimeOffset.MaxValue);

    /// <summary>When a grant ends, and this has to be compiled anew.</summary>
    public DateTimeOffset ValidUntil { get; }

    /// <summary>The graph that it was compiled from; null for what is in none.</summary>
    public AccessGraph? Graph => _graph;

    /// <summary>What is held for the organization at large.</summary>
    public PermissionSet OrganizationWide => _segments[0].Held;

    /// <summary>The highest label seen where no department says otherwise.</summary>
    public SensitivityLevel Clearance => _segments[0].Clearance;

    /// <summary>Whether it is held for the organization at large.</summary>
    public bool Allows(string permission) => OrganizationWide.Allows(permission);

    /// <summary>Whether it is held for what belongs to this department, or to none.</summary>
    public bool Allows(string permission, Guid? departmentId) => At(departmentId).Held.Allows(permission);

    /// <summary>Whether it is held for the organization at large or for any department.</summary>
    public bool AllowsSomewhere(string permission) => _somewhere.Allows(permission);

    /// <summary>The highest label seen in a department.</summary>
    public SensitivityLevel ClearanceIn(Guid? departmentId) => At(departmentId).Clearance;

    /// <summary>Whether the organization has the department; null stands for the organization at large.</summary>
    public bool Knows(Guid? departmentId) => departmentId is not { } id || _graph?.Departments.Has(id) == true;

    /// <summary>Where a permission is held, for queries.</summary>
    public Reach ReachOf(string permission)
    {
        if (_segments.Length == 1)
            return Allows(permission) ? Reach.UpTo(Clearance) : Reach.Nothing;
        return _reaches.GetOrAdd(_graph!.Permissions.NumberOf(permission), static (number, access) => access.ReachOf(number), this);
    }

    /// <summary>Whether all that a role does is held here, throughout a department or the organization: what one does not hold one cannot give, nor take from others.</summary>
    /// <remarks>
    /// What a role denies has to be held too, or those to whom something is denied could lift their own denial. One that is switched off counts as if it were on.
    /// </remarks>
    public bool Covers(GraphRole role, Guid? departmentId)
    {
        if (!Knows(departmentId))
            return false;
        var span = departmentId is null ? DepartmentSpan.Organization : _graph!.Departments.SpanOf(departmentId)!.Value;
        for (var i = IndexOf(span.First); i < _segments.Length && _segments[i].First <= span.Last; i++)
            if (!_segments[i].Held.Covers(role.Touches) || role.HighestClearance > _segments[i].Clearance)
                return false;
        return true;
    }

    /// <summary>What is left of it within these permissions and up to this label.</summary>
    /// <param name="entries">Permission names and wildcards.</param>
    public UserAccess Within(IEnumerable<string> entries, SensitivityLevel highest)
    {
        var within = _graph is null ? PermissionSet.None : _graph.Permissions.SetOf(entries);
        return new UserAccess([.. _segments.Select(s => new AccessSegment(s.First, s.Held.Intersect(within), s.Clearance < highest ? s.Clearance : highest))], ValidUntil, _graph);
    }

    /// <summary>Whether all of these are held for the organization at large; or each of them at least for a department.</summary>
    public bool HoldsAll(IEnumerable<string> entries, bool somewhere) =>
        _graph is not null && (somewhere ? _somewhere : OrganizationWide).Covers(_graph.Permissions.SetOf(entries));

    /// <summary>The same of a role that memberships carry.</summary>
    public bool CoversMembership(string role) => _graph is not null && Covers(_graph.RoleNamed(role), null);

    private AccessSegment At(Guid? departmentId) => _segments.Length == 1 ? _segments[0] : _segments[IndexOf(_graph!.Departments.PlaceOf(departmentId))];

    private int IndexOf(int place)
    {
        var (low, high) = (0, _segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _segments[middle].First <= place ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    private Reach ReachOf(int number)
    {
        SensitivityLevel? LevelAt(Guid? department) => At(department) is var segment && segment.Held.Has(number) ? segment.Clearance : null;
        return Reach.Of(LevelAt(null), _graph!.Departments.Ids.Select(id => (id, LevelAt(id))));
    }
}
