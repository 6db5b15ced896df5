using System.Runtime.InteropServices;
using CrossAudit.Server.Platform.Http;

namespace CrossAudit.Server.Features.Auth;

/// <summary>
/// Hashes passwords on threads of its own, as many as there are processors but one, behind a short queue. A hash is made to be dear: on the threads that serve
/// requests, a flood of sign-ins by strangers would take every one of them from everybody else. Places are held while a hash is made and no longer: a body is
/// read before, the database written after.
/// </summary>
internal sealed partial class HashingLane : IDisposable
{
    private const int MostWaiting = 64;
    private const int Nice = 19;

    private readonly FairQueue<Job> _waiting = new(MostWaiting);

    public HashingLane()
    {
        for (var i = 0; i < Math.Max(1, Environment.ProcessorCount - 1); i++)
            new Thread(Work) { IsBackground = true, Name = "hashing" }.Start();
    }

    /// <summary>Runs one hash, and waits for it.</summary>
    /// <param name="source">Who asks, for a fair share.</param>
    /// <exception cref="ServerBusyException">Too many wait already.</exception>
    public Task<T> RunAsync<T>(string source, Func<T> hash, CancellationToken stop)
    {
        var job = new Job<T>(hash, stop);
        if (!_waiting.TryAdd(source, job, out var displaced))
            job.Refuse();
        displaced?.Refuse();
        return job.Done;
    }

    public void Dispose() => _waiting.Close();

    private void Work()
    {
        // Behind everything else that wants the processor. Where the system has no such thing, the number of threads bounds it alone.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(0, 0, Nice);
        while (_waiting.Take() is { } job)
            job.Run();
    }

    // Of the calling thread alone: on Linux each has its own.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);

    private abstract class Job
    {
        public abstract void Run();

        public abstract void Refuse();
    }

    private sealed class Job<T>(Func<T> hash, CancellationToken stop) : Job
    {
        // Never goes on here: what follows a hash is not the lane's work.
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Done => _done.Task;

        public override void Run()
        {
            // Whoever has gone away meanwhile is not hashed for.
            if (stop.IsCancellationRequested)
                _done.SetCanceled(stop);
            else
                RunHash();
        }

        public override void Refuse() => _done.SetException(new ServerBusyException("Too many people sign in at this moment."));

        private void RunHash()
        {
            try
            {
                _done.SetResult(hash());
            }
            catch (Exception failure)
            {
                _done.SetException(failure);
            }
        }
    }
}
