using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CrossAudit.Server.Core.Actors;

/// <summary>
/// A secret handed to a person or client, such as a refresh token. Only its hash is kept, and it is looked up by that hash: with 256 random
/// bits there is nothing to stretch, and nothing that timing could tell.
/// </summary>
internal static class OpaqueToken
{
    private const int Length = 32;

    public static (string Token, byte[] Hash) Create()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
        return (token, HashOf(token));
    }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
