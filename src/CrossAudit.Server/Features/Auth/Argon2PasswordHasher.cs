using System.Globalization;
using System.Security.Cryptography;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth.Accounts;
using Microsoft.AspNetCore.Identity;
using NSec.Cryptography;

namespace CrossAudit.Server.Features.Auth;

/// <summary>
/// Passwords by Argon2id (RFC 9106) with the parameters that the OWASP password storage cheat sheet names first: 19 MiB, two passes, one lane. Kept as a PHC string, so that a
/// hash made with other parameters still verifies, and is made anew at the next sign-in.
/// </summary>
internal sealed class Argon2PasswordHasher : IPasswordHasher<User>
{
    private const int MemoryKibibytes = 19 * 1024;
    private const int Passes = 2;
    private const int SaltLength = 16;

    // Whoever could write a hash into the database must not be able to make one check take the machine's memory or minutes.
    private const int MostMemoryKibibytes = 256 * 1024;
    private const int MostPasses = 16;
    private const int HashLength = 32;

    private static readonly string Current = string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKibibytes},t={Passes},p=1$");

    public string HashPassword(User user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return Current + Encode(salt) + "$" + Encode(Derive(password, salt, MemoryKibibytes, Passes, HashLength));
    }

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
    {
        // $argon2id$v=19$m=…,t=…,p=1$salt$hash
        if (hashedPassword.Split('$') is not ["", "argon2id", "v=19", var parameters, var salt, var hash] || Parse(parameters) is not var (memory, passes)
            || memory > MostMemoryKibibytes || passes > MostPasses)
            return PasswordVerificationResult.Failed;
        var expected = Decode(hash);
        if (!CryptographicOperations.FixedTimeEquals(Derive(providedPassword, Decode(salt), memory, passes, expected.Length), expected))
            return PasswordVerificationResult.Failed;
        return hashedPassword.StartsWith(Current, StringComparison.Ordinal) ? PasswordVerificationResult.Success : PasswordVerificationResult.SuccessRehashNeeded;
    }

    private static byte[] Derive(string password, byte[] salt, int memory, int passes, int length) =>
        PasswordBasedKeyDerivationAlgorithm
            .Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes })
            .DeriveBytes(PasswordText.Normalize(password), salt, length);

    private static (int Memory, int Passes)? Parse(string parameters) =>
        parameters.Split(',') is [['m', '=', .. var memory], ['t', '=', .. var passes], "p=1"]
            ? (int.Parse(memory, CultureInfo.InvariantCulture), int.Parse(passes, CultureInfo.InvariantCulture))
            : null;

    // PHC strings use base64 without padding.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Decode(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
