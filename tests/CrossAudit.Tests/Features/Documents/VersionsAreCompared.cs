using System.Text;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Documents.Versions;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>What changed between two versions, by their text.</summary>
public sealed class VersionsAreCompared(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Each_changed_line_is_told_with_its_numbers_and_as_a_unified_diff(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var lines = Enumerable.Range(1, 20).Select(n => $"Paragraph number {n}.").ToList();
        var document = await founder.UploadTextAsync(string.Join("\n\n", lines));
        lines[9] = "Paragraph number ten, changed.";
        lines.Add("A new paragraph.");
        await founder.UploadVersionAsync(document.Id, string.Join("\n\n", lines), Stop);
        await founder.UntilSettledAsync(document.Id);

        var found = await founder.Client.Documents.CompareAsync(document.Id, 1, 2, Stop);

        Assert.Equal((2, 1, 2), (found.AddedLines, found.DeletedLines, found.Hunks.Count));
        Assert.Equal((7, 7, 7, 7), (found.Hunks[0].FromStart, found.Hunks[0].FromCount, found.Hunks[0].ToStart, found.Hunks[0].ToCount));
        Assert.Contains(found.Hunks[0].Lines, line => line is { Kind: "deleted", FromLine: 10, ToLine: null, Text: "Paragraph number 10." });
        Assert.Contains(found.Hunks[0].Lines, line => line is { Kind: "added", FromLine: null, ToLine: 10, Text: "Paragraph number ten, changed." });
        Assert.Equal((18, 3, 18, 4), (found.Hunks[1].FromStart, found.Hunks[1].FromCount, found.Hunks[1].ToStart, found.Hunks[1].ToCount));
        Assert.Contains(found.Hunks[1].Lines, line => line is { Kind: "added", ToLine: 21, Text: "A new paragraph." });
        Assert.Contains("-Paragraph number 10.\n+Paragraph number ten, changed.", found.Unified.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.NotNull(found.Fields["content_hash"]);
        Assert.Null(found.Fields["mime_type"]);
        Assert.Equal(found.AsJson(), (await founder.Client.Documents.CompareAsync(document.Id, stop: Stop)).AsJson());
        var back = await founder.Client.Documents.CompareAsync(document.Id, 2, 1, Stop);
        Assert.Equal((1, 2), (back.AddedLines, back.DeletedLines));
        var same = await founder.Client.Documents.CompareAsync(document.Id, 2, 2, Stop);
        Assert.Empty(same.Hunks);
        Assert.Equal(("", 0), (same.Unified, same.Fields.Count));
    }

    [Theory, EveryShape]
    public async Task What_has_no_text_or_too_much_or_is_not_there_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var id = (await founder.UploadTextAsync("One line.")).Id;
        await founder.UploadVersionAsync(id, string.Join("\n\n", Enumerable.Range(0, ComparisonLane.MostLines + 1).Select(n => $"Line {n}")), Stop);
        await founder.UntilSettledAsync(id);
        await founder.Client.Documents.UploadVersionAsync(id, new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7\nnothing")), "broken.pdf", stop: Stop);
        await founder.UntilSettledAsync(id);

        await server.RefusesAsync(founder, 409, ErrorCodes.VersionTooLarge, () => founder.Client.Documents.CompareAsync(id, 1, 2, Stop));
        await server.RefusesAsync(founder, 409, ErrorCodes.VersionHasNoText, () => founder.Client.Documents.CompareAsync(id, 1, 3, Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => founder.Client.Documents.CompareAsync(id, 1, 4, Stop));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.AskAsync(HttpMethod.Get, $"api/documents/{id}/versions/compare?from=0&to=1"));
    }
}
