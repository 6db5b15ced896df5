using System.Security.Cryptography;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Secrets;
using OtpNet;

namespace CrossAudit.Server.Features.Auth.Mfa;

/// <summary>Time-based codes (RFC 6238) of an account's authenticator app: SHA-1, six digits, thirty seconds, which is what all of these apps do.</summary>
internal sealed class Authenticator(SecretBox box, TimeProvider clock)
{
    private const int SecretLength = 20;
    private const string Issuer = "CrossAudit";

    /// <summary>Gives the account a secret that is not in use yet, in place of one that was not taken up.</summary>
    public (string Secret, string Uri) Prepare(User user)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        user.PendingTotpSecret = box.Seal(secret, user.Id);
        var text = Base32Encoding.ToString(secret).TrimEnd('=');
        return (text, $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(user.Email!)}?secret={text}&issuer={Issuer}&algorithm=SHA1&digits=6&period=30");
    }

    /// <summary>Takes the prepared secret into use if the code shows that the app has it.</summary>
    public bool TryEnable(User user, string code)
    {
        if (user.PendingTotpSecret is not { } pending || !IsRight(user, pending, code))
            return false;
        (user.TotpSecret, user.PendingTotpSecret, user.TwoFactorEnabled) = (pending, null, true);
        return true;
    }

    public static void Disable(User user) => (user.TotpSecret, user.PendingTotpSecret, user.TwoFactorEnabled) = (null, null, false);

    /// <summary>Uses a code up in the running unit of work: it must be right, and of a later time step than any used before.</summary>
    public bool TryUse(User user, string code) => user.TotpSecret is { } secret && IsRight(user, secret, code);

    // Whoever saves second with the same step loses: the step is a concurrency token.
    private bool IsRight(User user, byte[] sealedSecret, string code)
    {
        var secret = box.Open(sealedSecret, user.Id);
        var right = new Totp(secret).VerifyTotp(clock.GetUtcNow().UtcDateTime, code.Replace(" ", "", StringComparison.Ordinal), out var step, new VerificationWindow(previous: 1, future: 1));
        CryptographicOperations.ZeroMemory(secret);
        if (!right || step <= user.LastTotpStep)
            return false;
        user.LastTotpStep = step;
        return true;
    }
}
