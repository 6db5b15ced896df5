using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>
/// The form of API keys: <c>ca_live_</c>, 30 random characters of base62 (178 bits), and the CRC-32 of these in 6 more. So a scanner of source code can tell
/// a key without asking us, and we can tell what is none without asking the database.
/// </summary>
internal static class KeyFormat
{
    public const string Prefix = "ca_live_";

    /// <summary>How many characters of a key are shown: it is known by them, and 142 random bits stay secret.</summary>
    public const int ShownLength = 14;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 30;
    private const int ChecksumLength = 6;

    public static string Create()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return Prefix + random + ChecksumOf(random);
    }

    /// <summary>Whether it has the form of a key; not, whether there is such a key.</summary>
    public static bool IsKey(string text) =>
        text.Length == Prefix.Length + RandomLength + ChecksumLength && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length + RandomLength).SequenceEqual(ChecksumOf(text.AsSpan(Prefix.Length, RandomLength)));

    private static string ChecksumOf(ReadOnlySpan<char> random)
    {
        Span<byte> ascii = stackalloc byte[RandomLength];
        Encoding.ASCII.GetBytes(random, ascii);
        var rest = Crc32.HashToUInt32(ascii);
        return string.Create(ChecksumLength, rest, static (digits, left) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--)
                (digits[i], left) = (Alphabet[(int)(left % Alphabet.Length)], left / (uint)Alphabet.Length);
        });
    }
}
