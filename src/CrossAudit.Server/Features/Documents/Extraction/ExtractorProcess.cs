using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A running parser. It takes one job at a time; disposing it kills it with whatever it has started.</summary>
internal sealed class ExtractorProcess : IAsyncDisposable
{
    /// <summary>An honest answer is a few hundred characters. A parser that was taken over may send more.</summary>
    private const int MaxAnswer = 8 * 1024;

    /// <summary>How much of what a parser complains about is logged, in characters.</summary>
    private const int MaxComplaint = 8 * 1024;

    private readonly Process _process;
    private readonly Task<string> _complaint;
    private readonly ILogger _log;
    private readonly char[] _buffer = new char[MaxAnswer];

    private ExtractorProcess(Process process, ILogger log)
    {
        _process = process;
        _log = log;
        _complaint = DrainAsync(process.StandardError);
    }

    /// <summary>How many jobs it was given.</summary>
    public int Jobs { get; private set; }

    /// <summary>When it became idle.</summary>
    public DateTimeOffset IdleSince { get; set; }

    public int Id => _process.Id;

    public bool IsAlive => !_process.HasExited;

    public static ExtractorProcess Start(ExtractionOptions options, ILogger log)
    {
        var process = Process.Start(ExtractorStart.Info(options))
            ?? throw new InvalidOperationException("The parser's process did not start.");
        return new ExtractorProcess(process, log);
    }

    /// <summary>The answer, or null if the process ended or answered nonsense; then it is of no more use.</summary>
    public async Task<ExtractionAnswer?> RunAsync(ExtractionJob job, CancellationToken stop)
    {
        Jobs++;
        try
        {
            var line = JsonSerializer.Serialize(job, ExtractionJson.Default.ExtractionJob);
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), stop);
            await _process.StandardInput.FlushAsync(stop);
            return await ReadAnswerAsync(stop) is { } answer ? JsonSerializer.Deserialize(answer, ExtractionJson.Default.ExtractionAnswer) : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            _log.LogDebug(e, "A parser broke off");
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        if (await _complaint is { Length: > 0 } complaint)
            _log.LogDebug("A parser ended with {ExitCode} after {Jobs} jobs: {Complaint}", _process.ExitCode, Jobs, complaint);
        _process.Dispose();
    }

    private async Task<string?> ReadAnswerAsync(CancellationToken stop)
    {
        for (var length = 0; length < MaxAnswer;)
        {
            var read = await _process.StandardOutput.ReadAsync(_buffer.AsMemory(length), stop);
            if (read == 0)
                return null;
            length += read;
            if (_buffer[length - 1] == '\n')
                return new string(_buffer, 0, length - 1);
        }

        return null;
    }

    /// <summary>Reads to the end, so that the process never waits for a reader, and keeps the last that it said.</summary>
    private static async Task<string> DrainAsync(StreamReader error)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        while (await error.ReadAsync(buffer) is var read && read > 0)
        {
            kept.Append(buffer, 0, read);
            if (kept.Length > 2 * MaxComplaint)
                kept.Remove(0, kept.Length - MaxComplaint);
        }

        return kept.ToString();
    }
}
