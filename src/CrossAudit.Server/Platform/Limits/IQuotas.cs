namespace CrossAudit.Server.Platform.Limits;

/// <summary>So many in any such time.</summary>
internal readonly record struct Quota(string Name, int Limit, TimeSpan Window);

/// <summary>Where a quota stands.</summary>
/// <param name="Left">How many more there are now.</param>
/// <param name="ResetAfter">When the running window ends.</param>
/// <param name="RetryAfter">How long to wait; null if it was not what stood against it.</param>
internal readonly record struct QuotaState(int Left, TimeSpan ResetAfter, TimeSpan? RetryAfter);

/// <summary>Counts against quotas, in one step with the look at them: however many come at once, no more get through than are allowed.</summary>
internal interface IQuotas
{
    /// <summary>Takes one of each quota; or of none, if one of them is used up.</summary>
    /// <param name="owner">Whose quotas they are.</param>
    ValueTask<IReadOnlyList<QuotaState>> TakeAsync(Guid owner, IReadOnlyList<Quota> quotas);
}
