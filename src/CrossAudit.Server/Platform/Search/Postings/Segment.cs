using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Search.Postings;

/// <summary>A block's bytes, for <see cref="PostingReader"/>.</summary>
internal sealed record StoredBlock(string Term, Corpus Corpus, int Bucket, int Passages, byte[] Entries, byte[] Positions);

/// <summary>What one bucket of a corpus says of a query's words: all there is on its passages, and on no others.</summary>
internal sealed class Segment
{
    private readonly Dictionary<string, StoredBlock> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredBlock> _titles = new(StringComparer.Ordinal);

    public StoredBlock? Word(string term) => _words.GetValueOrDefault(term);

    public StoredBlock? Title(string term) => _titles.GetValueOrDefault(term);

    public static async Task<List<Segment>> ReadAsync(AppDbContext db, IReadOnlyCollection<Corpus> corpora, AnalyzedQuery query, CancellationToken stop)
    {
        // Positions are as much again, and only phrases need them.
        List<StoredBlock> blocks = [];
        if (query.SingleTerms is { Count: > 0 } singles)
            blocks.AddRange(await Blocks(db, corpora, singles).Select(b => new StoredBlock(b.Term, b.Corpus, b.Bucket, b.Passages, b.Entries, Array.Empty<byte>())).ToListAsync(stop));
        if (query.PhraseTerms is { Count: > 0 } phrases)
            blocks.AddRange(await Blocks(db, corpora, phrases).Select(b => new StoredBlock(b.Term, b.Corpus, b.Bucket, b.Passages, b.Entries, b.Positions)).ToListAsync(stop));
        return [.. blocks.GroupBy(block => (block.Corpus is Corpus.History, block.Bucket)).Select(Of)];
    }

    private static IQueryable<PostingBlock> Blocks(AppDbContext db, IReadOnlyCollection<Corpus> corpora, List<string> terms) =>
        db.Set<PostingBlock>().Where(block => EF.Parameter(corpora).Contains(block.Corpus) && EF.Parameter(terms).Contains(block.Term));

    private static Segment Of(IEnumerable<StoredBlock> blocks)
    {
        var segment = new Segment();
        foreach (var block in blocks)
            (block.Corpus is Corpus.Titles ? segment._titles : segment._words).Add(block.Term, block);
        return segment;
    }
}
