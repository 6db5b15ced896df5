namespace CrossAudit.Server.Platform.Limits;

/// <summary>
/// Counts attempts by key. An attempt is counted when it begins, in one step with the look at the counts: however many come at once, no more get through
/// than are allowed.
/// </summary>
internal interface IAttemptLimits
{
    /// <summary>Counts an attempt on every key; or on none, if one of them has it wait.</summary>
    ValueTask<AttemptVerdict> BeginAsync(IReadOnlyList<AttemptKey> keys);

    /// <summary>Takes back an attempt that was counted on these keys.</summary>
    ValueTask TakeBackAsync(IReadOnlyList<AttemptKey> keys);

    /// <summary>Forgets all attempts.</summary>
    ValueTask ForgetAsync(AttemptKey key);

    /// <summary>Remembers that something is so.</summary>
    ValueTask MarkAsync(string name, TimeSpan lifetime);

    /// <summary>Whether it is remembered.</summary>
    ValueTask<bool> IsMarkedAsync(string name);
}
