using System.Net;
using System.Net.Sockets;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>An entry of <c>TRUSTED_PROXIES</c>: an address, or a network in CIDR notation.</summary>
internal static class ProxyNetwork
{
    // A network of everybody would let everybody choose their address: it is refused like anything else that is none.
    public static IPNetwork Parse(string text) =>
        IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network
        : IsWhole(text) && IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : throw SettingsReader.Refuse("TRUSTED_PROXIES", text, "addresses or networks such as 10.0.0.7 or 10.0.0.0/24, separated by commas");

    // The parser also takes "10.1", as 10.0.0.1.
    private static bool IsWhole(string text) => text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3;
}
