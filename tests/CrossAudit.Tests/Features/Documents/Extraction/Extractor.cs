using System.Text;
using System.Text.RegularExpressions;
using CrossAudit.Server.Features.Documents.Extraction;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>A pool of real child processes and a folder for its files; a scenario makes one with the limits it needs.</summary>
public sealed partial class Extractor : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crossaudit-extraction-");
    private int _files;

    public Extractor()
        : this(new ExtractionOptions())
    {
    }

    internal Extractor(ExtractionOptions options, TimeProvider? clock = null) =>
        Pool = new ExtractorPool(options, clock ?? TimeProvider.System, NullLogger<ExtractorPool>.Instance);

    internal ExtractorPool Pool { get; }

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    public string NewPath(string extension = ".ndjson") =>
        Path.Combine(_folder.FullName, Interlocked.Increment(ref _files) + extension);

    internal async Task<(ExtractionOutcome Outcome, List<ExtractedFragment> Fragments)> ExtractAsync(string path, string mimeType)
    {
        var result = NewPath();
        var outcome = await Pool.ExtractAsync(path, mimeType, result, Stop);
        Assert.False(Directory.Exists(result + ".scratch"), "Nothing is left of what was unpacked.");
        if (outcome is not ExtractionOutcome.Extracted)
        {
            Assert.False(File.Exists(result), "A failed job leaves no result.");
            return (outcome, []);
        }

        var fragments = await ExtractorPool.ReadResultAsync(result, Stop).ToListAsync(Stop);
        return (outcome, fragments);
    }

    internal async Task<List<ExtractedFragment>> FragmentsAsync(string path, string mimeType)
    {
        var (outcome, fragments) = await ExtractAsync(path, mimeType);
        var extracted = Assert.IsType<ExtractionOutcome.Extracted>(outcome);
        Assert.Equal((fragments.Count, fragments.LastOrDefault()?.CharEnd ?? 0), (extracted.Fragments, extracted.Characters));
        Fit(fragments);
        return fragments;
    }

    internal async Task<List<ExtractedFragment>> FragmentsOfTextAsync(string text, string mimeType)
    {
        var path = NewPath(".source");
        await File.WriteAllTextAsync(path, text, Stop);
        return await FragmentsAsync(path, mimeType);
    }

    internal async Task StillWorksAsync() =>
        Assert.Equal("All is well.", Assert.Single(await FragmentsOfTextAsync("All is well.", ContentTypes.PlainText)).Content);

    /// <summary>White space collapsed, direction marks removed: where extractors may differ.</summary>
    public static string Normalize(string text) => WhiteSpace().Replace(DirectionMarks().Replace(text, ""), " ");

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>What holds for the fragments of every document.</summary>
    internal static void Fit(List<ExtractedFragment> fragments)
    {
        var end = -2;
        for (var i = 0; i < fragments.Count; i++)
        {
            var fragment = fragments[i];
            Assert.False(string.IsNullOrWhiteSpace(fragment.Content));
            Assert.InRange(fragment.Content.Length, 1, 2000);
            Assert.DoesNotContain('\0', fragment.Content);
            Assert.Equal(fragment.Content, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(fragment.Content)));
            Assert.Equal(i + 1, fragment.ParagraphNumber);
            Assert.Equal(end + 2, fragment.CharStart);
            Assert.Equal(fragment.CharStart + fragment.Content.Length, fragment.CharEnd);
            Assert.InRange(fragment.ConfidenceScore, 0.0, 1.0);
            end = fragment.CharEnd;
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"[\u200E\u200F\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex DirectionMarks();
}
