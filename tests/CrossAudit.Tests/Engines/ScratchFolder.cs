using System.Diagnostics;
using System.Globalization;

namespace CrossAudit.Tests.Engines;

/// <summary>A temporary folder named after the test process, deleted at the end or, if that process was killed, by the next one.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "crossaudit-tests-";

    private static readonly Lazy<bool> Swept = new(SweepAbandoned);

    public ScratchFolder()
    {
        _ = Swept.Value;
        Path = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-").FullName;

        // Another user (postgres, when the tests run as root) has to get through to its own folder inside.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public void Dispose() => TryDelete(Path);

    private static bool SweepAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*-*"))
        {
            var owner = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out var id) && !IsRunning(id))
                TryDelete(folder);
        }

        return true;
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Someone else's, or just being deleted by another run: it is only a temporary folder.
        }
    }
}
