using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>Gives files to parsers in processes of their own, and keeps those warm: starting one takes longer than most files.</summary>
internal sealed class ExtractorPool : IAsyncDisposable
{
    private const string CrashReason = "The parser ran out of memory or crashed on this file.";

    /// <summary>The longest reason that is believed, in characters.</summary>
    private const int MaxReason = 500;

    /// <summary>The longest language tag that is believed, in characters.</summary>
    private const int MaxLanguage = 8;

    private readonly ExtractionOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<ExtractorPool> _log;
    private readonly SemaphoreSlim _places;
    private readonly Lock _lock = new();
    private readonly Stack<ExtractorProcess> _idle = [];
    private readonly ITimer _retirement;
    private bool _disposed;

    public ExtractorPool(ExtractionOptions options, TimeProvider clock, ILogger<ExtractorPool> log)
    {
        _options = options;
        _clock = clock;
        _log = log;
        _places = new SemaphoreSlim(options.Processes);
        _retirement = clock.CreateTimer(_ => _ = RetireAsync(), null, options.IdleTimeout, options.IdleTimeout);
    }

    /// <summary>The operating system's ids of the parsers that wait for work.</summary>
    public IReadOnlyList<int> WarmProcesses
    {
        get
        {
            lock (_lock)
                return [.. _idle.Select(process => process.Id)];
        }
    }

    /// <summary>Parses a file and writes its fragments, for <see cref="ReadResultAsync"/>. Waits while all parsers are busy.</summary>
    /// <param name="sourcePath">The file; nothing else may change it meanwhile.</param>
    /// <param name="mimeType">What <see cref="ContentSniffer"/> found.</param>
    /// <param name="resultPath">The file to write. It is there afterwards only if the outcome is <see cref="ExtractionOutcome.Extracted"/>.</param>
    /// <param name="stop">Kills the parser.</param>
    public async Task<ExtractionOutcome> ExtractAsync(string sourcePath, string mimeType, string resultPath, CancellationToken stop)
    {
        var job = new ExtractionJob(
            Path.GetFullPath(sourcePath), mimeType, Path.GetFullPath(resultPath), _options.MaxCharacters, _options.MaxFragments);

        await _places.WaitAsync(stop);
        var kept = false;
        try
        {
            var outcome = await RunAsync(job, stop);
            if (outcome is ExtractionOutcome.Extracted && new FileInfo(job.Result).Length > _options.MaxResultBytes)
                outcome = new ExtractionOutcome.Failed("The parser wrote more than a file may hold.");
            kept = outcome is ExtractionOutcome.Extracted;
            return outcome;
        }
        finally
        {
            if (!kept)
                File.Delete(job.Result);
            RemoveScratch(job);
            _places.Release();
        }
    }

    /// <summary>The fragments that <see cref="ExtractAsync"/> wrote, one after the other: a book need not fit in memory.</summary>
    public static async IAsyncEnumerable<ExtractedFragment> ReadResultAsync(string resultPath, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var line in File.ReadLinesAsync(resultPath, stop))
        {
            yield return JsonSerializer.Deserialize(line, ExtractionJson.Default.ExtractedFragment)
                ?? throw new InvalidDataException("A line of the result is no fragment.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _retirement.DisposeAsync();
        List<ExtractorProcess> idle;
        lock (_lock)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var process in idle)
            await process.DisposeAsync();
    }

    /// <summary>A parser that was killed has not tidied up what it unpacked.</summary>
    private static void RemoveScratch(ExtractionJob job)
    {
        if (Directory.Exists(job.Scratch))
            Directory.Delete(job.Scratch, recursive: true);
    }

    private async Task<ExtractionOutcome> RunAsync(ExtractionJob job, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(_options.TimeLimit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            var (answer, wasWarm) = await AskAsync(job, either.Token);

            // A warm parser may carry what an earlier file did to it. A fresh one shows whether it is this file's doing.
            if (answer is null && wasWarm)
                (answer, _) = await AskAsync(job, either.Token, fresh: true);
            return Outcome(answer);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new ExtractionOutcome.Failed($"The parser took longer than {_options.TimeLimit.TotalSeconds:0.#} seconds on this file.");
        }
    }

    private async Task<(ExtractionAnswer? Answer, bool WasWarm)> AskAsync(ExtractionJob job, CancellationToken stop, bool fresh = false)
    {
        var process = await TakeAsync(fresh);
        var wasWarm = process.Jobs > 0;
        ExtractionAnswer? answer = null;
        try
        {
            answer = await process.RunAsync(job, stop);
            return (answer, wasWarm);
        }
        finally
        {
            if (answer is null || !TryKeep(process))
                await process.DisposeAsync();
        }
    }

    private static ExtractionOutcome Outcome(ExtractionAnswer? answer) => answer switch
    {
        { Fragments: > 0 and var fragments, Characters: > 0 and var characters, Omitted: null or { Length: <= MaxReason }, Language: null or { Length: <= MaxLanguage } } =>
            new ExtractionOutcome.Extracted(fragments, characters, answer.Language, answer.Omitted),
        { Unsupported: { Length: <= MaxReason } reason } => new ExtractionOutcome.Unsupported(reason),
        { Failed: { Length: <= MaxReason } reason } => new ExtractionOutcome.Failed(reason),
        _ => new ExtractionOutcome.Failed(CrashReason),
    };

    private async Task<ExtractorProcess> TakeAsync(bool fresh)
    {
        while (!fresh && TryTake() is { } warm)
        {
            if (warm.IsAlive)
                return warm;
            await warm.DisposeAsync();
        }

        return ExtractorProcess.Start(_options, _log);
    }

    private ExtractorProcess? TryTake()
    {
        lock (_lock)
            return _idle.TryPop(out var process) ? process : null;
    }

    private bool TryKeep(ExtractorProcess process)
    {
        if (process.Jobs >= _options.JobsPerProcess)
            return false;

        process.IdleSince = _clock.GetUtcNow();
        lock (_lock)
        {
            if (_disposed)
                return false;
            _idle.Push(process);
            return true;
        }
    }

    private async Task RetireAsync()
    {
        var since = _clock.GetUtcNow() - _options.IdleTimeout;
        List<ExtractorProcess> retired;
        lock (_lock)
        {
            retired = [.. _idle.Where(process => process.IdleSince <= since)];
            var kept = _idle.Where(process => process.IdleSince > since).Reverse().ToList();
            _idle.Clear();
            kept.ForEach(_idle.Push);
        }

        foreach (var process in retired)
            await process.DisposeAsync();
    }
}
