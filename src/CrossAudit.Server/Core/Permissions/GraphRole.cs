using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>A role of the graph, closed over its ancestors.</summary>
internal sealed class GraphRole
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Whether it counts.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The role it inherits from; null for none.</summary>
    public GraphRole? Parent { get; init; }

    /// <summary>What it says of itself: permission names and wildcards.</summary>
    public required IReadOnlyList<string> Own { get; init; }

    public required IReadOnlyList<string> OwnDenied { get; init; }

    /// <summary>All that it allows, by itself or by an ancestor. What it also denies is not taken out: denials count against every role one has.</summary>
    public required PermissionSet Allows { get; init; }

    public required PermissionSet Denies { get; init; }

    /// <summary>The highest label that it, or an ancestor, lets see.</summary>
    public required SensitivityLevel Clearance { get; init; }

    /// <summary>All that it and its ancestors allow or deny once every one of them is switched on: who gives or takes the role has to hold this, for somebody may switch it on.</summary>
    public required PermissionSet Touches { get; init; }

    /// <summary>The highest label that it would let see then.</summary>
    public required SensitivityLevel HighestClearance { get; init; }

    /// <summary>Closes a role over its ancestors. One that is switched off gives nothing, and nothing comes through it.</summary>
    public static GraphRole Of(PermissionIndex index, Guid id, RoleDefinition role, GraphRole? parent, bool isActive = true)
    {
        var (own, denied) = isActive ? (role.Permissions, role.Denied) : ([], []);
        var from = isActive ? parent : null;
        return new GraphRole
        {
            Id = id,
            Name = role.Name,
            IsActive = isActive,
            Parent = from,
            Own = own,
            OwnDenied = denied,
            Allows = index.SetOf(own).Union(from?.Allows ?? index.SetOf([])),
            Denies = index.SetOf(denied).Union(from?.Denies ?? index.SetOf([])),
            Touches = index.SetOf([.. role.Permissions, .. role.Denied]).Union(parent?.Touches ?? index.SetOf([])),
            HighestClearance = parent is not null && parent.HighestClearance > role.MaxSensitivity ? parent.HighestClearance : role.MaxSensitivity,
            Clearance = !isActive ? SensitivityLevel.Public : from is null || role.MaxSensitivity > from.Clearance ? role.MaxSensitivity : from.Clearance,
        };
    }

    /// <summary>The role and its ancestors, from the nearest.</summary>
    public IEnumerable<GraphRole> Chain()
    {
        for (var role = this; role is not null; role = role.Parent)
            yield return role;
    }
}

/// <summary>A role that somebody has, where and until when.</summary>
internal sealed record GraphGrant(GraphRole Role, DepartmentSpan Span, Guid? DepartmentId, DateTimeOffset? ExpiresAt, RoleSource Source)
{
    public bool IsActive(DateTimeOffset now) => ExpiresAt is not { } end || end > now;
}
