using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents.Search;

/// <summary>Each passage is read by the rules of its language, and a query by those of every language that there is.</summary>
public sealed class LanguagesAreStemmed(ServerSet servers)
{
    private const string German = "Die Verträge der Häuser sind mit den Mietern geschlossen worden, und sie werden nicht vor dem Ende des Jahres gekündigt.";
    private const string French = "Les contrats de la société ont été signés par les directeurs, et ils ne seront pas résiliés avant la fin de l'année.";
    private const string English = "The leases of these houses were signed by the tenants, and they will not be ended before the year is over. A résumé follows.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Another_form_of_a_word_finds_it_in_its_language(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        foreach (var text in new[] { German, French, English })
            await founder.UploadTextAsync(text);

        await AssertFinds(founder, "vertrag haus", German);
        await AssertFinds(founder, "Vertrage", German);
        await AssertFinds(founder, "VERTRÄGE", German);
        await AssertFinds(founder, "contrat directeur", French);
        await AssertFinds(founder, "societe", French);
        await AssertFinds(founder, "tenant lease", English);
        await AssertFinds(founder, "resume", English);
        await AssertFinds(founder, "re\u0301sume\u0301", English);
        await AssertFinds(founder, "\"mieter geschlossen\"", German);
    }

    [Theory, EveryShape]
    public async Task Stop_words_of_a_language_are_not_looked_for(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await founder.UploadTextAsync(English);
        await founder.UploadTextAsync(German);

        Assert.Empty((await founder.Client.Documents.SearchAsync("the of and", Stop)).Items);
        await AssertFinds(founder, "the leases and the", English);
        await AssertFinds(founder, "\"leases of these houses\"", English);
    }

    [Theory, EveryShape]
    public async Task Chinese_and_japanese_are_found_without_blanks(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        const string Japanese = "この契約は取締役会によって承認されました。";
        await founder.UploadTextAsync(Japanese);
        await founder.UploadTextAsync(English);

        await AssertFinds(founder, "取締役", Japanese);
        Assert.Empty((await founder.Client.Documents.SearchAsync("役会締取", Stop)).Items);
    }

    private static async Task AssertFinds(Person person, string query, string text) =>
        Assert.Equal([text], (await person.Client.Documents.SearchAsync(query, Stop)).Items.Select(hit => hit.Fragment.Content));
}
