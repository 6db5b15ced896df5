using System.Collections.Frozen;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>What an actor may do: permission names, among them wildcards.</summary>
internal sealed class PermissionSet
{
    private readonly FrozenSet<string> _names;
    private readonly bool _everything;

    public PermissionSet(IEnumerable<string> names)
    {
        _names = names.ToFrozenSet(StringComparer.Ordinal);
        _everything = _names.Contains(Contracts.Permissions.AdminFull);
    }

    public static PermissionSet None { get; } = new([]);

    public static PermissionSet Everything { get; } = new([Contracts.Permissions.AdminFull]);

    /// <summary>Whether the permission, its resource's wildcard or <c>admin.full</c> is among them.</summary>
    public bool Allows(string permission) => _everything || _names.Contains(permission) || _names.Contains(permission[..permission.IndexOf('.', StringComparison.Ordinal)] + ".*");

    /// <summary>Whether everything that <paramref name="other"/> allows is allowed here too.</summary>
    public bool Covers(PermissionSet other) => other._names.All(Allows);
}
