using System.Net;
using System.Net.Sockets;

namespace CrossAudit.Server.Features.Webhooks.Delivery;

/// <summary>Looks up the addresses of a host.</summary>
internal delegate Task<IPAddress[]> HostLookup(string host, CancellationToken stop);

/// <summary>
/// Connects to public addresses only. The address that was checked is the one connected to: a name that is looked up once for the check and again for the
/// connection could have changed in between.
/// </summary>
internal sealed class GuardedConnection(HostLookup lookup, bool allowPrivateNetworks)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var endpoint = context.DnsEndPoint;
        var addresses = await lookup(endpoint.Host, stop);
        var allowed = allowPrivateNetworks ? addresses : Array.FindAll(addresses, PublicAddresses.Contains);
        if (allowed.Length == 0)
            throw new TargetRefusedException();
        // No delay: a delivery is one small write.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A webhook's host has no address that the server may connect to. Which ones it has is not told: that would map the network.</summary>
internal sealed class TargetRefusedException() : Exception("The host has no address on a public network.");
