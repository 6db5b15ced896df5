using System.Net;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Where attempts come from: an IPv4 address, or the network of an IPv6 address, for whoever has one of those has 2^64 of them.</summary>
internal static class AddressBlock
{
    private const int NetworkBytes = 8;

    public static string Of(string? address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed) : "unknown";

    public static string Of(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]]) + "/64",
        _ => address.ToString(),
    };
}
