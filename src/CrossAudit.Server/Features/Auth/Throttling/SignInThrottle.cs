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
/// Where somebody has signed in to the account before, the first alone counts: no stranger elsewhere, and no neighbour, can shut its owner out there.
/// Whether an account exists makes no difference.
/// </summary>
internal sealed class SignInThrottle(IAttemptLimits limits, CurrentActor current, Settings settings)
{
    // What the attempt of this request was counted on: that, and no more, is taken back.
    private AttemptKey[] _counted = [];

    /// <summary>Counts an attempt to prove to be this account's owner, before any work is done for it.</summary>
    public async ValueTask<AttemptVerdict> BeginAsync(string email)
    {
        if (!settings.IsThrottled)
            return default;
        var (account, place) = (NameOf(email), AddressBlock.Of(current.Origin.IpAddress));
        var here = new AttemptKey($"account:{account}:{place}", AuthLimits.AccountFromOnePlace);
        AttemptKey[] keys = await limits.IsMarkedAsync(here.Name)
            ? [here]
            : [here, new($"account:{account}", AuthLimits.AccountFromAnywhere), new($"place:{place}", AuthLimits.AnyAccountFromOnePlace)];
        var verdict = await limits.BeginAsync(keys);
        _counted = verdict.RetryAfter is null ? keys : [];
        return verdict;
    }

    /// <summary>The attempt was right: it is no guess. What was guessed elsewhere, or on other accounts, stays counted.</summary>
    public async ValueTask SucceedAsync()
    {
        if (_counted is not [var here, .. var others])
            return;
        await limits.ForgetAsync(here);
        if (others.Length > 0)
            await limits.TakeBackAsync(others);
        await limits.MarkAsync(here.Name, AuthLimits.KnownPlace);
        _counted = [];
    }

    /// <summary>The attempt was no guess, but is not over: what was counted before it stays.</summary>
    public async ValueTask TakeBackAsync()
    {
        if (_counted.Length > 0)
            await limits.TakeBackAsync(_counted);
        _counted = [];
    }

    /// <summary>Whether one more mail of a kind may go to this address: nobody's mailbox is filled from here.</summary>
    public async ValueTask<bool> MayMailAsync(string purpose, string email) =>
        !settings.IsThrottled || (await limits.BeginAsync([new($"mail:{purpose}:{NameOf(email)}", AuthLimits.MailToOneMailbox)])).RetryAfter is null;

    // Keyed, so that whoever reads Redis learns nobody's address.
    private string NameOf(string email) => Convert.ToHexString(HMACSHA256.HashData(
        settings.Jwt.Keys.Secrets[0], Encoding.UTF8.GetBytes(EmailAddress.TryNormalize(email, out var normalized) ? normalized : email.ToUpperInvariant())).AsSpan(0, 16));
}
