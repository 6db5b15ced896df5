using System.Diagnostics;

namespace CrossAudit.Tests.Servers;

/// <summary>The program itself, run as a process of its own in a folder.</summary>
internal static class CommandRun
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(string folder, string[] words, string? input = null, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "crossaudit.exe" : "crossaudit"), words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "DATABASE_URL", "REDIS_URL", "MINIO_ENDPOINT", "JWT_SECRET_KEY", "MAX_FILE_SIZE" })
            start.Environment.Remove(name);
        start.Environment["CROSSAUDIT_DATA"] = Path.Combine(folder, "data");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        if (input is not null)
            await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
