using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CrossAudit.Tests.Engines;

/// <summary>Ports on loopback that nobody listens on, each handed out once.</summary>
/// <remarks>
/// Port 0 would give a port of the range the kernel also uses for outgoing connections. While an engine is stopped on purpose, a client
/// that keeps trying could be given that very port and connect to itself; below that range it cannot.
/// </remarks>
internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Taken = [];

    public static int Next()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            if (Taken.TryAdd(port, true) && IsFree(port))
                return port;
        }

        throw new InvalidOperationException("No free port was found on 127.0.0.1 between 15000 and 32000.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
