using System.Collections.Concurrent;

namespace CrossAudit.Tests.Engines;

/// <summary>One thread that lives as long as the test process, and starts every engine.</summary>
/// <remarks>
/// The kernel's parent-death signal watches the starting <em>thread</em>, not its process: an engine started on a pool thread would be ended
/// as soon as the pool retired that thread, in the middle of a test.
/// </remarks>
internal static class LastingThread
{
    private static readonly BlockingCollection<Action> Work = Begin();

    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                completion.SetResult(work());
            }
            catch (Exception e)
            {
                completion.SetException(e);
            }
        });
        return completion.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
                action();
        })
        { IsBackground = true, Name = "engine starter" }.Start();
        return work;
    }
}
