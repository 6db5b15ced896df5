namespace CrossAudit.Server.Features.Auth;

/// <summary>Authentication method references (RFC 8176), as sessions keep them and access tokens carry them in <c>amr</c>.</summary>
internal static class AuthenticationMethods
{
    public const string Password = "pwd";

    /// <summary>Password, and a code from an authenticator app.</summary>
    public const string PasswordAndCode = "pwd otp mfa";

    /// <summary>Password, and a recovery code: something one has, though no RFC 8176 name says which.</summary>
    public const string PasswordAndRecoveryCode = "pwd mfa";

    public static bool IsMultiFactor(string methods) => methods.Split(' ').Contains("mfa");
}
