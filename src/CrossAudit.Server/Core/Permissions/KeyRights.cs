using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>What an API key may do at most. What it may do is what its holder may now, and these let through: it shrinks with the holder's rights.</summary>
internal sealed class KeyRights(IReadOnlyList<string> scopes, SensitivityLevel maxSensitivity)
{
    // As long as the holder's rights are the same object, so are the key's.
    private volatile Narrowing? _last;

    public UserAccess Within(UserAccess held)
    {
        if (_last is { } last && ReferenceEquals(last.Held, held))
            return last.Narrowed;
        var narrowed = held.Within(scopes, maxSensitivity);
        _last = new Narrowing(held, narrowed);
        return narrowed;
    }

    private sealed record Narrowing(UserAccess Held, UserAccess Narrowed);
}
