using System.Security.Cryptography;
using System.Text;

namespace CrossAudit.Server.Features.Auth.Accounts;

/// <summary>
/// The passwords that everybody tries first (NIST SP 800-63B, section 3.1.1.2). Of each, in lower case, five bytes of its SHA-256 are kept: enough to know it
/// again, and of some 3,300 of them a random password is mistaken for one with a chance of 3 in 10⁹. <c>build/CommonPasswords.cs</c> makes the list.
/// </summary>
internal static class CommonPasswords
{
    private const int FingerprintLength = 5;

    private static readonly Lazy<byte[]> Fingerprints = new(Read);

    public static bool Contains(string password)
    {
        var wanted = SHA256.HashData(Encoding.UTF8.GetBytes(PasswordText.Normalize(password).ToLowerInvariant())).AsSpan(0, FingerprintLength);
        var all = Fingerprints.Value.AsSpan();
        for (var (low, high) = (0, (all.Length / FingerprintLength) - 1); low <= high;)
        {
            var middle = (low + high) / 2;
            var order = all.Slice(middle * FingerprintLength, FingerprintLength).SequenceCompareTo(wanted);
            if (order == 0)
                return true;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return false;
    }

    private static byte[] Read()
    {
        using var resource = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.bin")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
