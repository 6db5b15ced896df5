namespace CrossAudit.Server.Features.Auth;

/// <summary>Authentication method references (RFC 8176), as sessions keep them and access tokens carry them in <c>amr</c>.</summary>
internal static class AuthenticationMethods
{
    public const string Password = "pwd";
}
