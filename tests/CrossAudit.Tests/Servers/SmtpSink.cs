using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrossAudit.Tests.Servers;

/// <summary>A mail server that takes mails, and hangs up on some after it has them: whoever sent those cannot know that they arrived. Or one that knows nobody.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentQueue<string> _mails = new();
    private readonly bool _knowsNobody;
    private int _hangUps;

    public SmtpSink(int hangUps = 0, int port = 0, bool knowsNobody = false)
    {
        (_hangUps, _knowsNobody, _listener) = (hangUps, knowsNobody, new TcpListener(IPAddress.Loopback, port));
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The mails as they came, with their headers.</summary>
    public IReadOnlyCollection<string> Mails => _mails;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(connection.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(connection.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                _mails.Enqueue(await ReadMailAsync(reader));
                if (Interlocked.Decrement(ref _hangUps) >= 0)
                    return;
                await writer.WriteLineAsync("250 taken");
            }
            else if (_knowsNobody && line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("550 5.1.1 nobody of that name");
            }
            else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }
            else
            {
                await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase) ? "250 sink" : "250 ok");
            }
        }
    }

    private static async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            mail.AppendLine(line);
        return mail.ToString();
    }
}
