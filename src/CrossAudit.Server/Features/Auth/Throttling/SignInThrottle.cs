using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Limits;

namespace CrossAudit.Server.Features.Auth.Throttling;

/// <summary>
/// Slows down guessing. An attempt counts against the account from where it comes, against the account as a whole, and against the address. The first of
/// these is strict; the second is lenient, or anybody could shut out anybody; the third stops one machine from trying one password on many accounts.
/// Whether an account exists makes no difference.
/// </summary>
internal sealed class SignInThrottle(IAttemptLimits limits, CurrentActor current, Settings settings)
{
    private static readonly AttemptRule FromOnePlace = new(Free: 10, Longest: TimeSpan.FromMinutes(15), Memory: TimeSpan.FromHours(1));
    private static readonly AttemptRule FromAnywhere = new(Free: 100, Longest: TimeSpan.FromMinutes(1), Memory: TimeSpan.FromHours(1));
    private static readonly AttemptRule OfOnePlace = new(Free: 200, Longest: TimeSpan.FromMinutes(15), Memory: TimeSpan.FromHours(1));
    private static readonly AttemptRule Mailing = new(Free: 5, Longest: TimeSpan.FromHours(1), Memory: TimeSpan.FromHours(24));

    /// <summary>Counts an attempt to prove to be this account's owner, before any work is done for it.</summary>
    public async ValueTask<AttemptVerdict> BeginAsync(string email)
    {
        if (!settings.IsThrottled)
            return default;
        foreach (var (key, rule) in KeysOf(email))
            if (await limits.BeginAsync(key, rule) is { RetryAfter: not null } refused)
                return refused;
        return default;
    }

    /// <summary>The attempt was right: it is no guess. What others have guessed elsewhere stays counted.</summary>
    public async ValueTask SucceedAsync(string email)
    {
        if (!settings.IsThrottled)
            return;
        var keys = KeysOf(email);
        await limits.ForgetAsync(keys[0].Key);
        await limits.TakeBackAsync(keys[1].Key);
        await limits.TakeBackAsync(keys[2].Key);
    }

    /// <summary>The attempt was no guess, but is not over: what was counted before it stays.</summary>
    public async ValueTask TakeBackAsync(string email)
    {
        if (settings.IsThrottled)
            foreach (var (key, _) in KeysOf(email))
                await limits.TakeBackAsync(key);
    }

    /// <summary>Whether one more mail of a kind may go to this address: nobody's mailbox is filled from here.</summary>
    public async ValueTask<bool> MayMailAsync(string purpose, string email) =>
        !settings.IsThrottled || (await limits.BeginAsync($"mail:{purpose}:{NameOf(email)}", Mailing)).RetryAfter is null;

    private (string Key, AttemptRule Rule)[] KeysOf(string email)
    {
        var (account, place) = (NameOf(email), Place(current.Origin.IpAddress));
        return [($"account:{account}:{place}", FromOnePlace), ($"account:{account}", FromAnywhere), ($"place:{place}", OfOnePlace)];
    }

    // Keyed, so that whoever reads Redis learns nobody's address.
    private string NameOf(string email) => Convert.ToHexString(HMACSHA256.HashData(
        settings.Jwt.Keys.Secrets[0], Encoding.UTF8.GetBytes(EmailAddress.TryNormalize(email, out var normalized) ? normalized : email.ToUpperInvariant())).AsSpan(0, 16));

    // Whoever has an IPv6 address has 2^64 of them.
    private static string Place(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.GetAddressBytes() is not { Length: 16 } bytes)
            return address ?? "unknown";
        return new IPAddress([.. bytes[..8], .. new byte[8]]) + "/64";
    }
}
