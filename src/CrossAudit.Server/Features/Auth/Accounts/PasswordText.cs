using System.Text;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>A password as it is hashed: the same whichever keyboard it was typed on (NIST SP 800-63B, section 3.1.1.2: NFKC).</summary>
internal static class PasswordText
{
    public static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);
}
