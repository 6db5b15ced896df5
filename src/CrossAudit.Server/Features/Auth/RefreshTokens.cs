using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Features.Auth;

/// <summary>What an authentic refresh token says: the session it renews, and which link of its chain it is.</summary>
internal readonly record struct RefreshTokenClaims(Guid SessionId, int Generation);

/// <summary>
/// Issues and reads refresh tokens: session id, generation and an HMAC over both, with a key derived from the one that signs access tokens
/// (HKDF, RFC 5869). Nothing of them is stored, so there is nothing to steal from the database, and every link of a chain can be told from a
/// forgery for as long as the session is known.
/// </summary>
internal sealed class RefreshTokens(Settings settings)
{
    private const string Prefix = "rt_";
    private const int ClaimsLength = 16 + sizeof(int);
    private const int Length = ClaimsLength + HMACSHA256.HashSizeInBytes;

    // The first signs; the others are retired and still verify, as with access tokens.
    private readonly byte[][] _keys = [.. settings.Jwt.Keys.Secrets.Select(secret =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: "crossaudit refresh token"u8.ToArray()))];

    public string Issue(Guid sessionId, int generation)
    {
        Span<byte> token = stackalloc byte[Length];
        sessionId.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token[16..], generation);
        HMACSHA256.HashData(_keys[0], token[..ClaimsLength], token[ClaimsLength..]);
        return Prefix + Base64Url.EncodeToString(token);
    }

    /// <summary>What the token says; null if it is not one of ours. Whether it is still good is for <see cref="RefreshRotation"/> to say.</summary>
    public RefreshTokenClaims? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length != Prefix.Length + Base64Url.GetEncodedLength(Length)
            || !Base64Url.TryDecodeFromChars(token.AsSpan(Prefix.Length), bytes, out var length) || length != Length || !IsAuthentic(bytes))
            return null;
        return new RefreshTokenClaims(new Guid(bytes[..16], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]));
    }

    private bool IsAuthentic(ReadOnlySpan<byte> token)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var key in _keys)
        {
            HMACSHA256.HashData(key, token[..ClaimsLength], expected);
            if (CryptographicOperations.FixedTimeEquals(expected, token[ClaimsLength..]))
                return true;
        }
        return false;
    }
}
