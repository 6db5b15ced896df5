using System.Runtime.InteropServices;
using System.Threading.Channels;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Features.Auth;

/// <summary>
/// Hashes passwords on threads of its own, as many as there are processors but one, behind a short queue. A hash is made to be dear: on the threads that serve
/// requests, a flood of sign-ins by strangers would take every one of them from everybody else.
/// </summary>
internal sealed partial class HashingLane : IDisposable
{
    private const int MostWaiting = 64;
    private const int Nice = 10;

    private readonly Channel<Action> _waiting = Channel.CreateBounded<Action>(MostWaiting);

    public HashingLane()
    {
        for (var i = 0; i < Math.Max(1, Environment.ProcessorCount - 1); i++)
            new Thread(Work) { IsBackground = true, Name = "hashing" }.Start();
    }

    /// <summary>Runs one hash, and waits for it.</summary>
    /// <exception cref="ServerBusyException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<T> hash, CancellationToken stop)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isQueued = _waiting.Writer.TryWrite(() =>
        {
            // Whoever has gone away meanwhile is not hashed for.
            if (stop.IsCancellationRequested)
                done.TrySetCanceled(stop);
            else
                Run(hash, done);
        });
        return isQueued ? await done.Task : throw new ServerBusyException("Too many people sign in at this moment.");
    }

    public void Dispose() => _waiting.Writer.TryComplete();

    private void Work()
    {
        // Behind everything else that wants the processor. Where the system has no such thing, the number of threads bounds it alone.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(0, 0, Nice);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            while (_waiting.Reader.TryRead(out var run))
                run();
    }

    private static void Run<T>(Func<T> hash, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(hash());
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }
    }

    // Of the calling thread alone: on Linux each has its own.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
