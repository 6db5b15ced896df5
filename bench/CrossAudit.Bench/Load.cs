using System.Collections.Concurrent;
using System.Diagnostics;

namespace CrossAudit.Bench;

/// <summary>
/// Makes requests from many connections, each as soon as its last was answered, or at a steady pace. It is .NET's own client, on the same processors as the
/// server: good for some 20,000 requests a second, far beyond what is measured with it here.
/// </summary>
internal sealed class Load(Uri address, int connections) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false });

    /// <summary>
    /// Runs for a while: <paramref name="request"/> makes the next request of a connection, <paramref name="answered"/> looks at its answer, where the next
    /// depends on it, and <paramref name="pace"/> is the time between two.
    /// </summary>
    public async Task<Figures> RunAsync(
        TimeSpan length, Func<int, HttpRequestMessage> request, Func<int, HttpResponseMessage, Task>? answered = null, TimeSpan? pace = null, CancellationToken stop = default)
    {
        var samples = new ConcurrentBag<List<Sample>>();
        var from = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async connection =>
        {
            var own = new List<Sample>();
            samples.Add(own);
            while (Stopwatch.GetElapsedTime(from) < length)
            {
                own.Add(await AskAsync(request(connection), answer => answered?.Invoke(connection, answer) ?? Task.CompletedTask, stop));
                if (pace is { } between)
                    await Task.Delay(between, TimeProvider.System, stop);
            }
        }));
        return new Figures([.. samples.SelectMany(own => own)], Stopwatch.GetElapsedTime(from));
    }

    public void Dispose() => _http.Dispose();

    private async Task<Sample> AskAsync(HttpRequestMessage request, Func<HttpResponseMessage, Task> answered, CancellationToken stop)
    {
        using (request)
        {
            request.RequestUri = new Uri(address, request.RequestUri!);
            var from = Stopwatch.GetTimestamp();
            using var answer = await _http.SendAsync(request, stop);
            await answer.Content.LoadIntoBufferAsync(stop);
            var sample = new Sample(Stopwatch.GetElapsedTime(from).TotalMilliseconds, (int)answer.StatusCode);
            await answered(answer);
            return sample;
        }
    }
}
