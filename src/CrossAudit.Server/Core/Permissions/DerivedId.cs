using System.Security.Cryptography;
using System.Text;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>Ids of what every organization has and no table holds: they follow from the organization's id and a name, and are no other organization's.</summary>
internal static class DerivedId
{
    private const int TimeLength = 6;
    private const int HashLength = 10;

    /// <summary>A UUIDv7 (RFC 9562): the time of the organization's id, and a hash for the rest.</summary>
    public static Guid Of(Guid organizationId, string kind, string name)
    {
        var id = organizationId.ToByteArray(bigEndian: true);
        SHA256.HashData([.. id, .. Encoding.UTF8.GetBytes($"{kind}:{name}")]).AsSpan(0, HashLength).CopyTo(id.AsSpan(TimeLength));
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
