using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CrossAudit.Client;
using CrossAudit.Contracts.Auth;

namespace CrossAudit.Bench;

/// <summary>The server, as a process of its own with a folder and a port of its own, and without limits.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    public const string Password = "a long enough password";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;
    private readonly bool _ownsFolder;
    private int _people;

    private BenchServer(Process process, string folder, bool ownsFolder, Uri address) => (_process, _folder, _ownsFolder, Address) = (process, folder, ownsFolder, address);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    /// <summary>How long it took from nothing to the first good answer.</summary>
    public TimeSpan HealthyAfter { get; private set; }

    /// <summary>The server's folder, on the disk that it writes to.</summary>
    public string Folder => _folder;

    /// <summary>Starts one in a folder of its own, which goes with it.</summary>
    public static Task<BenchServer> StartAsync(IReadOnlyDictionary<string, string?> engines, CancellationToken stop) =>
        StartAsync(Directory.CreateTempSubdirectory("crossaudit-bench-").FullName, ownsFolder: true, engines, stop);

    /// <summary>Starts one in a folder that may be another's before and after.</summary>
    public static Task<BenchServer> StartAsync(string folder, IReadOnlyDictionary<string, string?> engines, CancellationToken stop) => StartAsync(folder, ownsFolder: false, engines, stop);

    private static async Task<BenchServer> StartAsync(string folder, bool ownsFolder, IReadOnlyDictionary<string, string?> engines, CancellationToken stop)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "crossaudit"), ["serve", "--migrate"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["JWT_SECRET_KEY"] = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(48));
        foreach (var (name, value) in engines)
            start.Environment[name] = value;
        start.Environment["CROSSAUDIT_DATA"] = folder;
        start.Environment["CROSSAUDIT_URLS"] = address.ToString();
        start.Environment["RATE_LIMIT_PER_MINUTE"] = "0";
        var from = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var server = new BenchServer(process, folder, ownsFolder, address);
        await server.UntilHealthyAsync(stop);
        server.HealthyAfter = Stopwatch.GetElapsedTime(from);
        return server;
    }

    public CrossAuditClient NewClient() => new(new HttpClient { BaseAddress = Address });

    /// <summary>Registers somebody.</summary>
    public Task<SessionView> RegisterAsync(CancellationToken stop) => NewClient().Auth.RegisterAsync(
        new RegisterRequest { Email = $"person-{Interlocked.Increment(ref _people)}-{Environment.ProcessId}@example.org", Password = Password }, stop);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_ownsFolder)
            Directory.Delete(_folder, recursive: true);
    }

    private async Task UntilHealthyAsync(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var from = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("health", stop);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(from) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stop);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
