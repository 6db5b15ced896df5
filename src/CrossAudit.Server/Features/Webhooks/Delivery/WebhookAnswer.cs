namespace CrossAudit.Server.Features.Webhooks.Delivery;

/// <summary>How an attempt to deliver ended.</summary>
/// <param name="Status">The status that the receiver answered; null if it did not answer.</param>
/// <param name="Body">The beginning of its answer.</param>
/// <param name="Failure">Why there is no answer.</param>
/// <param name="RetryAfter">How long it asked to wait.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record WebhookAnswer(int? Status, string? Body, string? Failure, TimeSpan? RetryAfter, TimeSpan Duration)
{
    /// <summary>2xx and nothing else; a redirect is no delivery.</summary>
    public bool IsDelivered => Status is >= 200 and <= 299;

    /// <summary>The receiver wants nothing any more.</summary>
    public bool IsGone => Status is 410;
}
