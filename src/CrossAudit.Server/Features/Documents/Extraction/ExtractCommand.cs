using System.Text;
using System.Text.Json;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>
/// The parser's process. It reads one job a line, answers each with one line, and ends when its input does: when the
/// server closes it or dies.
/// </summary>
internal static class ExtractCommand
{
    /// <summary>Documents nest, and libraries walk them by recursion. What overflows even this ends the process, not the server.</summary>
    private const int StackBytes = 64 * 1024 * 1024;

    /// <summary>Runs on the process's own streams; whatever a library prints goes to the error stream.</summary>
    public static async Task<int> RunAsync(CancellationToken stop)
    {
        using var jobs = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        await using var answers = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        Console.SetOut(Console.Error);
        return await RunAsync(jobs, answers, stop);
    }

    /// <summary>Returns 0 at the end of the jobs. A job is abandoned when they end while it runs: nobody waits for it.</summary>
    public static async Task<int> RunAsync(TextReader jobs, TextWriter answers, CancellationToken stop)
    {
        var next = ReadAsync(jobs, stop);
        while (await next is { } line)
        {
            var job = JsonSerializer.Deserialize(line, ExtractionJson.Default.ExtractionJob)
                ?? throw new InvalidDataException("A job must be a JSON object.");
            var answer = Start(job);

            next = ReadAsync(jobs, stop);
            if (await Task.WhenAny(answer, next) == next && await next is null)
                return 0;

            await answers.WriteLineAsync(JsonSerializer.Serialize(await answer, ExtractionJson.Default.ExtractionAnswer).AsMemory(), stop);
            await answers.FlushAsync(stop);
        }

        return 0;
    }

    private static async Task<string?> ReadAsync(TextReader jobs, CancellationToken stop) => await jobs.ReadLineAsync(stop);

    private static Task<ExtractionAnswer> Start(ExtractionJob job)
    {
        var answer = new TaskCompletionSource<ExtractionAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => answer.SetResult(DocumentText.Extract(job)), StackBytes) { IsBackground = true };
        thread.Start();
        return answer.Task;
    }
}
