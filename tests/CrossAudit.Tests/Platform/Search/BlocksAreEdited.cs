using CrossAudit.Server.Platform.Search;
using CrossAudit.Server.Platform.Search.Postings;

namespace CrossAudit.Tests.Platform.Search;

/// <summary>A block holds what was added and not removed, in whatever order that happened.</summary>
public sealed class BlocksAreEdited
{
    [Fact]
    public void Texts_come_and_go_in_any_order_and_leave_what_a_new_block_would_hold()
    {
        var random = new Random(2026);
        for (var round = 0; round < 300; round++)
        {
            var (block, held) = (NewBlock(), new SortedDictionary<long, List<(Posting Posting, int[] Positions)>>());
            for (var step = 0; step < 30; step++)
            {
                long text = random.Next(1, 12);
                if (held.Remove(text))
                {
                    block.Remove(Passage.Number(text, 0), Passage.Number(text, Passage.LastPlace));
                    continue;
                }
                held[text] = Postings(random, text);
                block.Add(Run(held[text]));
            }

            var fresh = NewBlock();
            foreach (var postings in held.Values)
                fresh.Add(Run(postings));
            Assert.Equal(fresh.Entries, block.Entries);
            Assert.Equal(fresh.Positions, block.Positions);
            Assert.Equal((fresh.Last, held.Values.Sum(postings => postings.Count)), (block.Last, block.Passages));
            Assert.Equal(held.Values.SelectMany(postings => postings).Select(entry => (entry.Posting, string.Join(' ', entry.Positions))), Read(block));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_384)]
    [InlineData(long.MaxValue)]
    public void Numbers_of_any_size_are_read_as_they_were_written(long number)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        VarInt.Write(bytes, number);
        var at = 0;

        Assert.Equal(number, VarInt.Read(bytes.WrittenSpan, ref at));
        Assert.Equal(bytes.WrittenCount, at);
    }

    private static PostingBlock NewBlock() => new() { OrganizationId = Guid.Empty, Corpus = Corpus.Current, Term = "heron", Bucket = 0 };

    private static List<(Posting Posting, int[] Positions)> Postings(Random random, long text)
    {
        var places = Enumerable.Range(1, random.Next(1, 400)).Where(_ => random.Next(3) == 0).Append(500);
        return [.. places.Select(place => (new Posting(Passage.Number(text, place), random.Next(1, 300), random.Next(1, 5000)), Enumerable.Range(0, random.Next(4)).Select(position => position * random.Next(1, 300)).Order().ToArray()))];
    }

    private static PostingRun Run(List<(Posting Posting, int[] Positions)> postings)
    {
        var run = new PostingRun();
        foreach (var (posting, positions) in postings)
            run.Add(posting, positions);
        return run;
    }

    private static List<(Posting Posting, string Positions)> Read(PostingBlock block)
    {
        var postings = new List<(Posting, string)>();
        var reader = new PostingReader(block.Entries, block.Positions);
        while (reader.Read())
            postings.Add((reader.Current, string.Join(' ', reader.ReadPositions())));
        return postings;
    }
}
