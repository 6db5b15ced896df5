namespace CrossAudit.Server.Core.Permissions;

/// <summary>A set of permissions, wildcards resolved: a bit each. Immutable; asking allocates nothing.</summary>
internal sealed class PermissionSet(PermissionIndex index, ulong[] bits)
{
    public static PermissionSet None { get; } = PermissionIndex.Shipped.SetOf([]);

    public static PermissionSet Everything { get; } = PermissionIndex.Shipped.SetOf([Contracts.Permissions.AdminFull]);

    public bool IsEmpty => bits.AsSpan().IndexOfAnyExcept(0UL) < 0;

    public bool Allows(string permission) => Has(index.NumberOf(permission));

    public bool Has(int number) => number >= 0 && (bits[number >> 6] & (1UL << (number & 63))) != 0;

    /// <summary>Whether everything in <paramref name="other"/> is here too.</summary>
    public bool Covers(PermissionSet other)
    {
        if (ReferenceEquals(index, other.Index))
            return other.Except(this).IsEmpty;
        for (var number = 0; number < other.Length; number++)
            if (other.Has(number) && !Allows(other.NameOf(number)))
                return false;
        return true;
    }

    /// <summary>What is in either; of the same index.</summary>
    public PermissionSet Union(PermissionSet other) => other.IsEmpty ? this : IsEmpty ? other : Combine(other, (one, two) => one | two);

    /// <summary>What is here and not in <paramref name="other"/>; of the same index.</summary>
    public PermissionSet Except(PermissionSet other) => other.IsEmpty ? this : Combine(other, (one, two) => one & ~two);

    /// <summary>What is in both; of the same index.</summary>
    public PermissionSet Intersect(PermissionSet other) => Combine(other, (one, two) => one & two);

    public IEnumerable<string> Names() => Enumerable.Range(0, Length).Where(Has).Select(NameOf);

    private PermissionIndex Index => index;

    private int Length => index.Count;

    private ulong[] Bits => bits;

    private string NameOf(int number) => index.NameOf(number);

    private PermissionSet Combine(PermissionSet other, Func<ulong, ulong, ulong> combine)
    {
        var others = other.Bits;
        var result = new ulong[bits.Length];
        for (var i = 0; i < bits.Length; i++)
            result[i] = combine(bits[i], others[i]);
        return new PermissionSet(index, result);
    }
}
