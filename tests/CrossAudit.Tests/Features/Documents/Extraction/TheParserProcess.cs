using System.IO.Pipelines;
using System.Text.Json;
using CrossAudit.Server.Features.Documents.Extraction;

namespace CrossAudit.Tests.Features.Documents.Extraction;

public sealed class TheParserProcess
{
    [Fact]
    public async Task Answers_a_job_and_ends_when_there_are_no_more()
    {
        await using var extractor = new Extractor();
        var (source, result) = (extractor.NewPath(".txt"), extractor.NewPath());
        await File.WriteAllTextAsync(source, "One.\n\nTwo.", Extractor.Stop);
        var jobs = new Pipe();
        await using var feed = new StreamWriter(jobs.Writer.AsStream());
        var answers = new StringWriter();
        using var reader = new StreamReader(jobs.Reader.AsStream());
        var running = ExtractCommand.RunAsync(reader, answers, Extractor.Stop);

        var job = new { source, mime_type = "text/plain", result, max_characters = 100, max_fragments = 10 };
        await feed.WriteLineAsync(JsonSerializer.Serialize(job));
        await feed.FlushAsync(Extractor.Stop);
        while (answers.ToString().Length == 0)
            await Task.Delay(10, Extractor.Stop);
        await jobs.Writer.CompleteAsync();

        Assert.Equal(0, await running);
        Assert.Equal("""{"fragments":2,"characters":10}""", answers.ToString().Trim());
        var lines = await File.ReadAllLinesAsync(result, Extractor.Stop);
        Assert.Equal("""{"content":"Two.","paragraph_number":2,"kind":"paragraph","char_start":6,"char_end":10,"confidence_score":1}""", lines[1]);
    }

    [Theory]
    [InlineData(5, 10, "The file holds more than 5 characters of text.")]
    [InlineData(100, 1, "The file holds more than 1 paragraphs.")]
    public async Task Keeps_to_the_limits(int maxCharacters, int maxFragments, string reason)
    {
        await using var extractor = new Extractor(new ExtractionOptions { MaxCharacters = maxCharacters, MaxFragments = maxFragments });
        var path = extractor.NewPath(".txt");
        await File.WriteAllTextAsync(path, "One.\n\nTwo.", Extractor.Stop);

        var (outcome, _) = await extractor.ExtractAsync(path, ContentTypes.PlainText);

        Assert.Equal(new ExtractionOutcome.Failed(reason), outcome);
    }
}
