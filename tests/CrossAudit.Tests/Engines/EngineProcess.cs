using System.Collections.Concurrent;
using System.Diagnostics;

namespace CrossAudit.Tests.Engines;

/// <summary>A running engine: its process, the last lines it printed, and its end.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string program;
    private readonly Process process;
    private readonly ConcurrentQueue<string> lastLines = [];

    private EngineProcess(EngineCommand command)
    {
        program = command.Program;
        var words = command.Words;
        process = new Process
        {
            StartInfo = new(words[0], words[1..])
            {
                WorkingDirectory = command.Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += KillNow;
    }

    /// <summary>Starts the program; it is running, not necessarily ready.</summary>
    public static Task<EngineProcess> StartAsync(EngineCommand command) => LastingThread.RunAsync(() => new EngineProcess(command));

    /// <summary>Runs the program to its end, and throws with what it printed if it failed.</summary>
    public static async Task RunAsync(EngineCommand command)
    {
        await using var engine = await StartAsync(command);
        using var deadline = new CancellationTokenSource(Patience);
        await engine.process.WaitForExitAsync(deadline.Token);
        if (engine.process.ExitCode != 0)
            throw engine.Failure($"ended with code {engine.process.ExitCode}");
    }

    /// <summary>Asks again and again until the engine answers; throws with what it printed if it ends first or stays silent.</summary>
    public async Task UntilAsync(Func<CancellationToken, Task> answers)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!process.HasExited)
        {
            try
            {
                await answers(deadline.Token);
                return;
            }
            catch (Exception e) when (deadline.IsCancellationRequested)
            {
                throw Failure($"did not answer within {Patience.TotalSeconds:0} s ({e.Message})");
            }
            catch (Exception)
            {
                // Not listening yet, or not accepting yet: which exception says so differs from engine to engine.
                await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            }
        }

        await process.WaitForExitAsync(deadline.Token);
        throw Failure($"ended with code {process.ExitCode}");
    }

    /// <summary>Interrupts the engine, as Ctrl+C would, and kills it if that takes too long.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited)
            return;

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var interrupt = Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
        await StopAsync();
        process.Dispose();
    }

    private void KillNow(object? sender, EventArgs e) => process.Kill(entireProcessTree: true);

    private void Remember(string? line)
    {
        if (line is null)
            return;
        lastLines.Enqueue(line);
        if (lastLines.Count > 30)
            lastLines.TryDequeue(out _);
    }

    private InvalidOperationException Failure(string what) =>
        new($"{program} {what}. It printed last:{Environment.NewLine}{string.Join(Environment.NewLine, lastLines)}");
}
