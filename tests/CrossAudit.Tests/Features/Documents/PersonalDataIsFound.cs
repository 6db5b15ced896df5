using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Personal data and secrets in a text are pointed out, with the label that would suit; nothing is labelled by itself.</summary>
public sealed class PersonalDataIsFound(ServerSet servers)
{
    private const string Letter = """
        Please pay to DE89 3704 0044 0532 0130 00 by Friday.

        Questions go to erika.mustermann@example.org.
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task What_is_found_is_told_with_its_place_and_the_label_that_suits_and_the_label_stays_as_it_was(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var document = await founder.UploadTextAsync(Letter, SensitivityLevel.Public);

        var found = await founder.Client.Documents.GetFindingsAsync(document.Id, Stop);
        var text = string.Join("\n\n", (await founder.Client.Documents.ListFragmentsAsync(document.Id, stop: Stop)).Items.Select(fragment => fragment.Content));

        Assert.Equal((1, SensitivityLevel.Public, SensitivityLevel.Confidential), (found.VersionNumber, found.SensitivityLevel, found.SuggestedSensitivityLevel));
        Assert.Equal([(FindingKind.Email, 1), (FindingKind.Iban, 1)], found.Counts.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(["DE89 3704 0044 0532 0130 00", "erika.mustermann@example.org"], found.Findings.Select(finding => text[finding.CharStart..finding.CharEnd]));
        Assert.Equal(["DE•• •••• •••• •••• ••30 00", "e…@example.org"], found.Findings.Select(finding => finding.Preview));
        var read = (await founder.Client.Documents.GetAsync(document.Id, Stop)).Value;
        Assert.Equal((SensitivityLevel.Public, SensitivityLevel.Confidential), (read.SensitivityLevel, read.SuggestedSensitivityLevel));
    }

    [Theory, EveryShape]
    public async Task Documents_labelled_below_what_their_text_suggests_can_be_listed(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var low = await founder.UploadTextAsync(Letter, SensitivityLevel.Internal);
        var right = await founder.UploadTextAsync(Letter, SensitivityLevel.Confidential);
        var plain = await founder.UploadTextAsync("The committee meets on Mondays.", SensitivityLevel.Public);

        Assert.Equal([low.Id], (await founder.Client.Documents.ListAsync(new() { UnderLabelled = true }, stop: Stop)).Items.Select(document => document.Id));
        Assert.Equal([plain.Id, right.Id], (await founder.Client.Documents.ListAsync(new() { UnderLabelled = false }, stop: Stop)).Items.Select(document => document.Id));
    }

    [Theory, EveryShape]
    public async Task Findings_are_those_of_the_newest_text_and_of_whoever_may_read_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var viewer = await founder.AddMemberAsync("viewer");
        var id = (await founder.UploadTextAsync(Letter, SensitivityLevel.Restricted)).Id;
        await founder.UploadVersionAsync(id, "The account is closed.", Stop);
        await founder.UntilSettledAsync(id);

        var found = await founder.Client.Documents.GetFindingsAsync(id, Stop);

        Assert.Equal((2, null), (found.VersionNumber, found.SuggestedSensitivityLevel));
        Assert.Empty(found.Findings);
        await server.RefusesAsync(viewer, 404, ErrorCodes.NotFound, () => viewer.Client.Documents.GetFindingsAsync(id, Stop));
    }

    [Theory, EveryShape]
    public async Task The_trail_says_how_much_was_found_and_no_value(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var id = (await founder.UploadTextAsync(Letter)).Id;

        var indexed = (await founder.Client.Audit.ListAsync(new() { Action = AuditActions.DocumentIndexed, ResourceId = id.ToString() }, stop: Stop)).Items.Single();

        Assert.Equal((1, 1), ((int)indexed.Metadata!["findings"]!["email"]!, (int)indexed.Metadata["findings"]!["iban"]!));
        Assert.DoesNotContain("mustermann", indexed.AsJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("3704", indexed.AsJson(), StringComparison.Ordinal);
    }

    [Theory, EveryShape]
    public async Task A_long_list_is_counted_to_its_end_and_shown_as_far_as_its_first_thousand(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var id = (await founder.UploadTextAsync(string.Join("\n\n", Enumerable.Range(1, 1200).Select(i => $"person{i}@example.org")))).Id;

        var found = await founder.Client.Documents.GetFindingsAsync(id, Stop);

        Assert.Equal((1200, 1000, SensitivityLevel.Confidential), (found.Counts[FindingKind.Email], found.Findings.Count, found.SuggestedSensitivityLevel));
    }
}
