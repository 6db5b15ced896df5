using System.Diagnostics;
using CrossAudit.Server.Features.Documents.Extraction;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Documents.Extraction;

public sealed class AParserMisbehaves
{
    [Fact]
    public async Task Running_out_of_memory_fails_the_file_and_not_the_next_one()
    {
        await using var extractor = new Extractor(new ExtractionOptions { MemoryLimit = 24 * 1024 * 1024 });
        var path = extractor.NewPath(".txt");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("more than fits ", 2_000_000)), Extractor.Stop);

        var (outcome, _) = await extractor.ExtractAsync(path, ContentTypes.PlainText);

        Assert.Equal(new ExtractionOutcome.Failed("The parser ran out of memory or crashed on this file."), outcome);
        await extractor.StillWorksAsync();
    }

    [Fact]
    public async Task Taking_longer_than_the_limit_fails_the_file()
    {
        await using var extractor = new Extractor(new ExtractionOptions { TimeLimit = TimeSpan.FromMilliseconds(1) });
        var path = extractor.NewPath(".txt");
        await File.WriteAllTextAsync(path, "Too late.", Extractor.Stop);

        var (outcome, _) = await extractor.ExtractAsync(path, ContentTypes.PlainText);

        Assert.Equal(new ExtractionOutcome.Failed("The parser took longer than 0 seconds on this file."), outcome);
    }

    [Fact]
    public async Task Cancelling_stops_it_at_once_and_leaves_the_place_free()
    {
        await using var extractor = new Extractor(new ExtractionOptions { Processes = 1 });
        using var cancelled = new CancellationTokenSource();
        var path = extractor.NewPath(".txt");
        await File.WriteAllTextAsync(path, "Never mind.", Extractor.Stop);

        var extracting = extractor.Pool.ExtractAsync(path, ContentTypes.PlainText, extractor.NewPath(), cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => extracting);
        await extractor.StillWorksAsync();
    }

    [Fact]
    public async Task One_that_died_between_two_files_is_replaced()
    {
        await using var extractor = new Extractor(new ExtractionOptions { Processes = 1 });
        await extractor.StillWorksAsync();

        using var child = WarmProcess(extractor);
        child.Kill();
        await child.WaitForExitAsync(Extractor.Stop);

        await extractor.StillWorksAsync();
    }

    [Fact]
    public async Task One_without_work_ends_after_a_while()
    {
        var clock = new FakeTimeProvider();
        await using var extractor = new Extractor(new ExtractionOptions { Processes = 1, IdleTimeout = TimeSpan.FromSeconds(60) }, clock);
        await extractor.StillWorksAsync();
        using var child = WarmProcess(extractor);

        clock.Advance(TimeSpan.FromSeconds(60));

        await child.WaitForExitAsync(Extractor.Stop);
    }

    [Fact]
    public async Task It_is_replaced_after_its_number_of_jobs()
    {
        await using var extractor = new Extractor(new ExtractionOptions { Processes = 1, JobsPerProcess = 2 });
        await extractor.StillWorksAsync();
        using var first = WarmProcess(extractor);

        await extractor.StillWorksAsync();

        await first.WaitForExitAsync(Extractor.Stop);
        await extractor.StillWorksAsync();
    }

    private static Process WarmProcess(Extractor extractor) => Process.GetProcessById(Assert.Single(extractor.Pool.WarmProcesses));
}
