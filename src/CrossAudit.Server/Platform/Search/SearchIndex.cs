using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Postings;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Search;

/// <summary>Writes an organization's index. Texts come and go whole, in the transaction of what makes them do so.</summary>
internal sealed class SearchIndex(AppDbContext db, IPostingStorage storage)
{
    // What one block may hold of texts that share it. More makes queries read fewer rows, and each text added rewrite more.
    private const int PassagesInBucket = 1024;
    private const int TermsAtOnce = 4096;

    /// <summary>Gives a text its place, in a transaction of its own: a place that is never filled costs nothing.</summary>
    public async Task<IndexPlace> PlaceAsync(int passages, CancellationToken stop) => await db.WriteAsync(
        async () => (await db.Database.SqlQueryRaw<PlaceRow>(PlaceSql, db.OrganizationId, passages, PassagesInBucket).ToListAsync(stop)).Single() switch { var row => new IndexPlace(row.Text, row.Bucket, row.Opens) },
        stop);

    /// <summary>Adds a text in the running transaction.</summary>
    public async Task AddAsync(Corpus corpus, IndexedText text, CancellationToken stop)
    {
        await LockAsync(stop);
        foreach (var runs in text.Runs.OrderBy(run => run.Key, StringComparer.Ordinal).Chunk(TermsAtOnce))
        {
            var blocks = corpus is Corpus.Current && text.Place.Opens ? [] : await BlocksAsync(corpus, text.Place.Bucket, [.. runs.Select(run => run.Key)], stop);
            foreach (var (term, run) in runs)
            {
                if (!blocks.TryGetValue(term, out var block))
                    blocks[term] = block = new PostingBlock { OrganizationId = db.OrganizationId, Corpus = corpus, Term = term, Bucket = text.Place.Bucket };
                block.Add(run);
            }
            await PutAsync(blocks.Values, stop);
        }
        await CountAsync(corpus, text, 1, stop);
    }

    /// <summary>Takes a text out in the running transaction.</summary>
    public async Task RemoveAsync(Corpus corpus, IndexedText text, CancellationToken stop)
    {
        await LockAsync(stop);
        foreach (var terms in text.Runs.Keys.Chunk(TermsAtOnce))
        {
            var blocks = await BlocksAsync(corpus, text.Place.Bucket, terms, stop);
            foreach (var block in blocks.Values)
                block.Remove(Passage.Number(text.Place.Text, 0), Passage.Number(text.Place.Text, Passage.LastPlace));
            var empty = blocks.Values.Where(block => block.Passages == 0).Select(block => block.Term).ToList();
            await PutAsync(blocks.Values.Where(block => block.Passages > 0), stop);
            if (empty.Count > 0)
                await Blocks(corpus, text.Place.Bucket, empty).ExecuteDeleteAsync(stop);
        }
        await CountAsync(corpus, text, -1, stop);
    }

    /// <summary>Destroys the index of an organization that is no more.</summary>
    public async Task DestroyAsync(Guid organizationId, CancellationToken stop)
    {
        await db.Set<PostingBlock>().IgnoreQueryFilters().Where(block => block.OrganizationId == organizationId).ExecuteDeleteAsync(stop);
        await db.Set<CorpusStatistics>().IgnoreQueryFilters().Where(statistics => statistics.OrganizationId == organizationId).ExecuteDeleteAsync(stop);
        await db.Set<SearchIndexState>().IgnoreQueryFilters().Where(index => index.OrganizationId == organizationId).ExecuteDeleteAsync(stop);
    }

    // In the order of the key: what stands on one page of the table is written together.
    private Task PutAsync(IEnumerable<PostingBlock> blocks, CancellationToken stop) => storage.PutAsync(db, [.. blocks.OrderBy(block => block.Term, StringComparer.Ordinal)], stop);

    // Two writers of one bucket would each put back what the other has changed.
    private Task<int> LockAsync(CancellationToken stop) => db.Set<SearchIndexState>().ExecuteUpdateAsync(set => set.SetProperty(index => index.Texts, index => index.Texts), stop);

    private Task<Dictionary<string, PostingBlock>> BlocksAsync(Corpus corpus, int bucket, IReadOnlyCollection<string> terms, CancellationToken stop) =>
        Blocks(corpus, bucket, terms).AsNoTracking().ToDictionaryAsync(block => block.Term, StringComparer.Ordinal, stop);

    private IQueryable<PostingBlock> Blocks(Corpus corpus, int bucket, IReadOnlyCollection<string> terms) =>
        db.Set<PostingBlock>().Where(block => block.Corpus == corpus && EF.Parameter(terms).Contains(block.Term) && block.Bucket == bucket);

    private async Task CountAsync(Corpus corpus, IndexedText text, int sign, CancellationToken stop)
    {
        foreach (var (language, (passages, words)) in text.Languages)
            await db.Database.ExecuteSqlRawAsync(CountSql, [db.OrganizationId, (int)corpus, language, sign * passages, sign * words], stop);
    }

    private const string PlaceSql = """
        INSERT INTO search_indexes AS known (organization_id, texts, bucket, filled) VALUES ({0}, 1, 0, {1})
        ON CONFLICT (organization_id) DO UPDATE SET
            texts = known.texts + 1,
            bucket = CASE WHEN known.filled + {1} > {2} THEN known.bucket + 1 ELSE known.bucket END,
            filled = CASE WHEN known.filled + {1} > {2} THEN {1} ELSE known.filled + {1} END
        RETURNING texts AS text, bucket, filled = {1} AS opens
        """;

    private const string CountSql = """
        INSERT INTO search_statistics AS known (organization_id, corpus, language, passages, words) VALUES ({0}, {1}, {2}, {3}, {4})
        ON CONFLICT (organization_id, corpus, language) DO UPDATE SET passages = known.passages + excluded.passages, words = known.words + excluded.words
        """;

    private sealed record PlaceRow(long Text, int Bucket, bool Opens);
}
