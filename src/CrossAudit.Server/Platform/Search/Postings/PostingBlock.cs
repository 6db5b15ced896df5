using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Search.Postings;

/// <summary>The passages of some texts that hold a word.</summary>
internal sealed class PostingBlock : IOrganizationOwned
{
    public required Guid OrganizationId { get; init; }
    public required Corpus Corpus { get; init; }
    public required string Term { get; init; }
    public required int Bucket { get; init; }

    /// <summary>The last passage's number; 0 before the first.</summary>
    public long Last { get; set; }

    /// <summary>How many passages there are.</summary>
    public int Passages { get; set; }

    public byte[] Entries { get; set; } = [];
    public byte[] Positions { get; set; } = [];

    /// <summary>Adds a run wherever its passages belong.</summary>
    public void Add(PostingRun run)
    {
        if (run.First > Last)
        {
            run.AppendTo(this);
            return;
        }
        // Of two texts that were indexed at the same time, the later one has come first.
        var added = new PostingBlock { OrganizationId = OrganizationId, Corpus = Corpus, Term = Term, Bucket = Bucket };
        run.AppendTo(added);
        Rewrite(Postings().Concat(added.Postings()).OrderBy(entry => entry.Posting.Number));
    }

    /// <summary>Takes out the passages from one number to another, both included.</summary>
    public void Remove(long from, long to) => Rewrite(Postings().Where(entry => entry.Posting.Number < from || entry.Posting.Number > to));

    private List<(Posting Posting, int[] Positions)> Postings()
    {
        var postings = new List<(Posting, int[])>();
        var reader = new PostingReader(Entries, Positions);
        while (reader.Read())
            postings.Add((reader.Current, reader.ReadPositions()));
        return postings;
    }

    private void Rewrite(IEnumerable<(Posting Posting, int[] Positions)> postings)
    {
        var run = new PostingRun();
        foreach (var (posting, positions) in postings)
            run.Add(posting, positions);
        (Last, Passages, Entries, Positions) = (0, 0, [], []);
        if (run.First >= 0)
            run.AppendTo(this);
    }
}

internal sealed class PostingBlockMapping : IEntityTypeConfiguration<PostingBlock>
{
    public void Configure(EntityTypeBuilder<PostingBlock> block)
    {
        block.ToTable("search_postings");
        block.HasKey(b => new { b.OrganizationId, b.Corpus, b.Term, b.Bucket });
        block.Property(b => b.Corpus).HasConversion<int>();
    }
}
