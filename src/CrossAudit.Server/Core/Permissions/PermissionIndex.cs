using System.Collections.Frozen;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>Numbers the permissions that an organization knows, shipped ones and its own, so that a set of them is a row of bits. Immutable.</summary>
internal sealed class PermissionIndex
{
    private readonly string[] _names;
    private readonly FrozenDictionary<string, int> _numbers;

    public PermissionIndex(IEnumerable<string> custom)
    {
        _names = [.. Contracts.Permissions.All.Concat(custom).Distinct(StringComparer.Ordinal)];
        _numbers = _names.Select((name, number) => (name, number)).ToFrozenDictionary(p => p.name, p => p.number, StringComparer.Ordinal);
    }

    /// <summary>What every organization has.</summary>
    public static PermissionIndex Shipped { get; } = new([]);

    public IReadOnlyList<string> Names => _names;

    public int Count => _names.Length;

    public string NameOf(int number) => _names[number];

    /// <summary>The permission's number; -1 if there is no such permission, which nobody holds.</summary>
    public int NumberOf(string permission) => _numbers.TryGetValue(permission, out var number) ? number : -1;

    /// <summary>Whether a role may list this: a permission, a resource's wildcard, or <c>admin.full</c>.</summary>
    public bool Knows(string entry) => _numbers.ContainsKey(entry) || (entry.EndsWith(".*", StringComparison.Ordinal) && _names.Any(name => Covers(entry, name)));

    /// <summary>The permissions that these entries cover. What the index does not know covers nothing.</summary>
    public PermissionSet SetOf(IEnumerable<string> entries)
    {
        var bits = new ulong[(Count + 63) / 64];
        foreach (var entry in entries)
        {
            if (IsWild(entry))
                for (var number = 0; number < Count; number++)
                    Set(number, Covers(entry, _names[number]));
            else
                Set(NumberOf(entry), true);
        }
        return new PermissionSet(this, bits);

        void Set(int number, bool covered)
        {
            if (covered && number >= 0)
                bits[number >> 6] |= 1UL << (number & 63);
        }
    }

    private static bool IsWild(string entry) => entry == Contracts.Permissions.AdminFull || entry.EndsWith(".*", StringComparison.Ordinal);

    /// <summary>Whether an entry of a role covers a permission: it is the same, its resource's wildcard, or <c>admin.full</c>.</summary>
    public static bool Covers(string entry, string permission) =>
        entry == Contracts.Permissions.AdminFull || entry == permission
        || (entry.EndsWith(".*", StringComparison.Ordinal) && permission.AsSpan().StartsWith(entry.AsSpan(0, entry.Length - 1), StringComparison.Ordinal));
}
