using CrossAudit.Server.Platform.Limits;

namespace CrossAudit.Server.Features.Auth.Throttling;

/// <summary>All the limits of signing in, in one place. <c>docs/security/authentication.md</c> says why they are what they are.</summary>
internal static class AuthLimits
{
    /// <summary>How long it is remembered that somebody has signed in to an account from a place.</summary>
    public static readonly TimeSpan KnownPlace = TimeSpan.FromDays(30);

    public static readonly AttemptRule AccountFromOnePlace = new(Free: 10, Longest: TimeSpan.FromMinutes(15));
    public static readonly AttemptRule AccountFromAnywhere = new(Free: 100, Longest: TimeSpan.FromMinutes(15));
    public static readonly AttemptRule AnyAccountFromOnePlace = new(Free: 100, Longest: TimeSpan.FromMinutes(1));

    public static readonly AttemptRule MailToOneMailbox = new(Free: 5, Longest: TimeSpan.FromHours(1)) { First = TimeSpan.FromMinutes(5) };

    /// <summary>Asking for mails to whichever mailboxes.</summary>
    public static readonly AddressLimit Mails = new("mails", new AttemptRule(Free: 20, Longest: TimeSpan.FromMinutes(5)), FailuresOnly: false);

    public static readonly AddressLimit Registration = new("register", new AttemptRule(Free: 300, Longest: TimeSpan.FromMinutes(5)), FailuresOnly: false);

    /// <summary>Refresh tokens cannot be guessed; this spares the database from those who try.</summary>
    public static readonly AddressLimit Refresh = new("refresh", new AttemptRule(Free: 60, Longest: TimeSpan.FromMinutes(1)) { IsPerNode = true });
}
