using System.Globalization;

namespace CrossAudit.Tests.Engines;

/// <summary>An S3 look-alike of the tests (s3rver, on Node.js). Buckets are addressed by path.</summary>
public sealed class S3Engine : Engine
{
    /// <summary>The only access key it knows.</summary>
    public const string AccessKey = "S3RVER";

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public const string SecretKey = "S3RVER";

    /// <summary>A bucket that is there from the start.</summary>
    public const string Bucket = "crossaudit-tests";

    private static readonly HttpClient Http = new();

    private static readonly string Program = Environment.GetEnvironmentVariable("CROSSAUDIT_S3RVER")
        ?? Path.Combine(RepositoryRoot.Path, "artifacts", "engines", "node_modules", ".bin", "s3rver");

    private S3Engine()
    {
    }

    /// <summary>Host and port, as <c>MINIO_ENDPOINT</c> takes them.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    private protected override EngineCommand Command => new(
        Program,
        [
            "--directory", Path.Combine(Folder, "data"), "--address", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--silent", "--no-vhost-buckets", "--configure-bucket", Bucket,
        ],
        Folder);

    /// <summary>Whether the program is on this machine; if not, what to do about it.</summary>
    public static bool IsInstalled(out string why)
    {
        why = Executable.Find("node") is null ? "Node.js, which the S3 look-alike runs on, was not found: apt-get install nodejs npm"
            : !File.Exists(Program) ? $"The S3 look-alike was not found at {Program}: npm install --prefix artifacts/engines s3rver@3.7.1"
            : "";
        return why.Length == 0;
    }

    /// <summary>Starts it with one empty bucket and returns when it answers.</summary>
    public static Task<S3Engine> StartAsync() =>
        IsInstalled(out var why) ? StartedAsync(new S3Engine(), () => Task.CompletedTask) : throw new InvalidOperationException(why);

    // Any answer will do: that a stranger is refused is one.
    private protected override async Task PingAsync(CancellationToken stop) =>
        (await Http.GetAsync(new Uri($"http://{Endpoint}/"), stop)).Dispose();
}
