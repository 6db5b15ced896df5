using System.Globalization;
using System.Text;

namespace CrossAudit.Server.Features.Webhooks.Signing;

/// <summary>What is delivered: the same id and body at every attempt, so that a receiver can tell a repetition.</summary>
internal sealed record WebhookMessage(string Id, byte[] Body)
{
    /// <summary>The signatures of all keys that are live, over id, time and body; receivers take any one that they know.</summary>
    /// <param name="at">The time of the attempt, not of the event: receivers refuse what is old, as it may be replayed.</param>
    /// <param name="keys">All keys that are live.</param>
    public string Sign(DateTimeOffset at, IEnumerable<WebhookKey> keys)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"{Id}.{Seconds(at)}."), .. Body];
        return string.Join(' ', keys.Select(key => key.Sign(content)));
    }

    /// <summary>A time as <c>webhook-timestamp</c> has it.</summary>
    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
