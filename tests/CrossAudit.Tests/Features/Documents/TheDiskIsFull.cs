using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using CrossAudit.Client;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>A server on a disk of 12 MB, mounted in a namespace of its own: what does not fit is refused, and nothing of it stays.</summary>
public sealed class TheDiskIsFull : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_does_not_fit_is_refused_and_what_does_is_taken_still(bool isEncrypted)
    {
        Assert.SkipUnless(await CanMountAsync(), "NOT TESTED: a full disk, for no file system can be mounted here (unshare --map-root-user --mount).");
        var port = FreePort.Next();
        using var server = Start(port, isEncrypted);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
            await UntilUpAsync(http, server);
            var client = new CrossAuditClient(http);
            await client.Auth.RegisterAsync(new RegisterRequest { Email = Person.NewEmail(), Password = Person.Password }, Stop);
            var before = await UploadAsync(client, "before", Megabyte);

            for (var n = 0; n < 3; n++)
            {
                var refused = await Assert.ThrowsAsync<CrossAuditException>(() => UploadAsync(client, $"big {n}", 14 * Megabyte));
                Assert.Equal((507, ErrorCodes.StorageFull), (refused.Problem.Status, refused.Problem.Code));
                Assert.NotNull(refused.RetryAfter);
            }

            Assert.Equal(1, (await client.Documents.ListAsync(stop: Stop)).Meta.Total);
            Assert.Equal("ok", await ListWorkFilesAsync(server));
            await UploadAsync(client, "after", Megabyte);
            await using var download = await client.Documents.DownloadAsync(before, stop: Stop);
            Assert.Equal(Megabyte, download.Length);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    // The work folder is in the server's own namespace: it is looked at through its process.
    private async Task<string> ListWorkFilesAsync(Process server)
    {
        var root = $"/proc/{server.Id.ToString(CultureInfo.InvariantCulture)}/root{Path.Combine(_folder.Path, "data", "tmp")}";
        for (var n = 0; n < 100; n++)
        {
            if (Directory.GetFiles(root, "upload-*").Length + Directory.GetFiles(root, "seal-*").Length == 0)
                return "ok";
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }
        return string.Join(", ", Directory.GetFiles(root));
    }

    private static async Task<Guid> UploadAsync(CrossAuditClient client, string name, int size)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(name.PadRight(size, '.')));
        return (await client.Documents.UploadAsync(content, name + ".txt", new UploadFields(), Stop)).DocumentId;
    }

    private Process Start(int port, bool isEncrypted)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        var start = new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", $"mount -t tmpfs -o size=12m none '{data}' && exec '{Path.Combine(AppContext.BaseDirectory, "crossaudit")}'"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "DATABASE_URL", "REDIS_URL", "MINIO_ENDPOINT", "JWT_SECRET_KEY" })
            start.Environment.Remove(name);
        start.Environment["CROSSAUDIT_DATA"] = data;
        start.Environment["CROSSAUDIT_URLS"] = $"http://127.0.0.1:{port}";
        if (isEncrypted)
            start.Environment["BLOB_ENCRYPTION_KEY"] = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<bool> CanMountAsync()
    {
        if (Executable.Find("unshare") is null)
            return false;
        using var attempt = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/tmp"]) { RedirectStandardError = true })!;
        await attempt.WaitForExitAsync(Stop);
        return attempt.ExitCode == 0;
    }

    private static async Task UntilUpAsync(HttpClient http, Process server)
    {
        for (var n = 0; n < 600; n++)
        {
            Assert.False(server.HasExited, "The server ended.");
            try
            {
                using var answer = await http.GetAsync("health/live", Stop);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }
        Assert.Fail("The server did not come up.");
    }
}
