using CrossAudit.Contracts;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>Refuses passwords that are tried first: the common ones, and one's own address. No rule asks for digits or signs: they make passwords worse.</summary>
internal static class PasswordPolicy
{
    public const string Why = "This password is one of those that are tried first. Choose another, such as a sentence of your own.";

    public static bool Refuses(string email, string password) => CommonPasswords.Contains(password) || IsOwnAddress(email, password);

    private static bool IsOwnAddress(string email, string password) =>
        string.Equals(password, email, StringComparison.OrdinalIgnoreCase)
        || string.Equals(password, email.Split('@')[0], StringComparison.OrdinalIgnoreCase)
        || (EmailAddress.TryNormalize(password, out var typed) && EmailAddress.TryNormalize(email, out var own) && typed == own);
}
