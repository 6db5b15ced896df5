using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Search.Postings;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Documents.Search;

/// <summary>After any number of uploads, versions and renames, the index is what one would be that is built from the documents as they are.</summary>
public sealed class TheIndexHoldsWhatCanBeFound(ServerSet servers)
{
    private static readonly string[] Words = ["heron", "bittern", "crane", "kestrel", "owl", "wren", "stork", "kite"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Changes_at_the_same_time_leave_an_index_without_a_trace_of_what_is_gone(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var documents = new List<Guid>();
        for (var i = 0; i < 4; i++)
            documents.Add((await founder.UploadTextAsync(Text(new Random(i)), title: Text(new Random(100 + i)))).Id);

        await Parallel.ForAsync(0, 24, Stop, async (i, stop) =>
        {
            var (random, id) = (new Random(1000 + i), documents[i % documents.Count]);
            if (random.Next(3) > 0)
                await founder.UploadVersionAsync(id, Text(random), stop);
            else
                await RenameAsync(founder, id, Text(random));
        });
        await Refusals.UntilAsync(() => server.ReadAsync(async db => !await db.Set<DocumentVersion>().IgnoreQueryFilters().AnyAsync(v => v.OrganizationId == founder.OrganizationId && v.DueAt != null, Stop)));

        var (stored, rebuilt) = (await server.ReadAsync(db => StoredAsync(db, founder.OrganizationId)), await server.ReadAsync(db => RebuiltAsync(db, founder.OrganizationId)));
        Assert.True(stored.Count > 100, $"{stored.Count} postings");
        Assert.Equal(rebuilt, stored);
    }

    // Somebody else may have changed it at the same moment.
    private static async Task RenameAsync(Person person, Guid id, string title)
    {
        try
        {
            await person.Client.Documents.UpdateAsync(id, new UpdateDocumentRequest { Title = title }, stop: Stop);
        }
        catch (CrossAuditException lost) when (lost.Problem.Code == ErrorCodes.Conflict)
        {
            Assert.Equal(409, lost.Problem.Status);
        }
    }

    private static async Task<List<string>> StoredAsync(AppDbContext db, Guid organizationId)
    {
        var lines = new List<string>();
        foreach (var block in await db.Set<PostingBlock>().IgnoreQueryFilters().AsNoTracking().Where(b => b.OrganizationId == organizationId).ToListAsync(Stop))
            lines.AddRange(Lines(block));
        var statistics = await db.Set<CorpusStatistics>().IgnoreQueryFilters().AsNoTracking().Where(s => s.OrganizationId == organizationId && s.Passages != 0).ToListAsync(Stop);
        lines.AddRange(statistics.Select(s => $"{s.Corpus} {s.Language}: {s.Passages} passages, {s.Words} words"));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static async Task<List<string>> RebuiltAsync(AppDbContext db, Guid organizationId)
    {
        var lines = new List<string>();
        var counts = new Dictionary<(Corpus Corpus, string Language), (long Passages, long Words)>();
        foreach (var version in await db.Set<DocumentVersion>().IgnoreQueryFilters().Include(v => v.Document).AsNoTracking().Where(v => v.OrganizationId == organizationId && v.IndexedText != null).ToListAsync(Stop))
        {
            var (text, corpus) = (new IndexedText(version.Place!.Value), version.Number == version.Document.SearchedVersion ? Corpus.Current : Corpus.History);
            foreach (var fragment in await db.Set<Fragment>().IgnoreQueryFilters().AsNoTracking().Where(f => f.VersionId == version.Id).OrderBy(f => f.Number).ToListAsync(Stop))
                text.AddPassage(fragment.ParagraphNumber, fragment.Content, fragment.HeadingPath, fragment.Language);
            lines.AddRange(Lines(corpus, text));
            if (corpus is Corpus.Current)
                lines.AddRange(Lines(Corpus.Titles, IndexedText.OfTitle(text.Place, version.Document.Title, version.Language)));
            foreach (var (language, (passages, words)) in text.Languages)
                counts[(corpus, language)] = (counts.GetValueOrDefault((corpus, language)).Passages + passages, counts.GetValueOrDefault((corpus, language)).Words + words);
        }
        lines.AddRange(counts.Select(count => $"{count.Key.Corpus} {count.Key.Language}: {count.Value.Passages} passages, {count.Value.Words} words"));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static IEnumerable<string> Lines(Corpus corpus, IndexedText text) => text.Runs.SelectMany(run =>
    {
        var block = new PostingBlock { OrganizationId = Guid.Empty, Corpus = corpus, Term = run.Key, Bucket = text.Place.Bucket };
        block.Add(run.Value);
        return Lines(block);
    });

    private static List<string> Lines(PostingBlock block)
    {
        var lines = new List<string>();
        var reader = new PostingReader(block.Entries, block.Positions);
        while (reader.Read())
            lines.Add($"{block.Corpus} {block.Term} in {block.Bucket}: {reader.Current} at {string.Join(' ', reader.ReadPositions())}");
        return lines;
    }

    private static string Text(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(3, 40)).Select(_ => Words[random.Next(Words.Length)]));
}
