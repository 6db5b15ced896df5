using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Search.Terms;

/// <summary>
/// Finds the numbers that have all of some terms, from the newest down or from the oldest up. What has to be read depends on how many blocks there are, and hardly on how many numbers have a term: a
/// combination that nothing matches is as cheap as one that matches everything.
/// </summary>
internal sealed class TermIndex(AppDbContext db, ITermBlockStorage storage)
{
    private const int FirstWindow = 8;
    private const int LargestWindow = 512;

    /// <summary>Adds numbers of one block, in the running transaction.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="block">The block.</param>
    /// <param name="added">By term, what is added to those that have it.</param>
    /// <param name="stop">Stops it.</param>
    public async Task AddAsync(Guid organization, long block, IReadOnlyDictionary<string, NumberSet> added, CancellationToken stop)
    {
        foreach (var row in await Rows(organization, added.Keys, block, block).ToListAsync(stop))
            added[row.Term].UnionWith(NumberSet.Of(row.Numbers));
        await PutAsync(organization, block, added, stop);
    }

    /// <summary>Takes numbers of one block from terms, in the running transaction.</summary>
    public async Task RemoveAsync(Guid organization, long block, IReadOnlyDictionary<string, NumberSet> removed, CancellationToken stop)
    {
        var left = new Dictionary<string, NumberSet>(StringComparer.Ordinal);
        foreach (var row in await Rows(organization, removed.Keys, block, block).ToListAsync(stop))
        {
            left[row.Term] = NumberSet.Of(row.Numbers);
            left[row.Term].ExceptWith(removed[row.Term]);
        }
        await PutAsync(organization, block, left, stop);
    }

    /// <summary>The blocks in which something has, of each group, one of its terms; each with the numbers that do.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="groups">What has to hold: of each group one term. Without a group everything does.</param>
    /// <param name="blocks">The blocks to look at, in the order in which they are wanted.</param>
    /// <param name="stop">Stops it.</param>
    public async IAsyncEnumerable<(long Block, NumberSet Numbers)> FindAsync(
        Guid organization, IReadOnlyList<IReadOnlyList<string>> groups, IReadOnlyList<long> blocks, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        // A few at first, for most often these are enough; then more and more at a time.
        for (var (from, window) = (0, FirstWindow); from < blocks.Count; from += window, window = Math.Min(window * 4, LargestWindow))
        {
            var part = blocks.Skip(from).Take(window).ToList();
            var rows = groups.Count == 0 ? [] : await Rows(organization, groups.SelectMany(group => group).Distinct(), part.Min(), part.Max()).ToListAsync(stop);
            var stored = rows.ToLookup(row => row.Block);
            foreach (var block in part)
                if (Match(groups, stored[block]) is { IsEmpty: false } numbers)
                    yield return (block, numbers);
        }
    }

    private static NumberSet Match(IReadOnlyList<IReadOnlyList<string>> groups, IEnumerable<TermBlock> stored)
    {
        var matching = NumberSet.All.Copy();
        var byTerm = stored.ToDictionary(row => row.Term, row => row.Numbers, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var any = new NumberSet();
            foreach (var term in group)
                if (byTerm.TryGetValue(term, out var numbers))
                    any.UnionWith(NumberSet.Of(numbers));
            matching.IntersectWith(any);
        }
        return matching;
    }

    private IQueryable<TermBlock> Rows(Guid organization, IEnumerable<string> terms, long from, long to)
    {
        var wanted = terms.ToList();
        return db.Set<TermBlock>().IgnoreQueryFilters().AsNoTracking().Where(row => row.OrganizationId == organization && EF.Parameter(wanted).Contains(row.Term) && row.Block >= from && row.Block <= to);
    }

    // A term that nothing has any more goes: it may be somebody's name.
    private async Task PutAsync(Guid organization, long block, IReadOnlyDictionary<string, NumberSet> sets, CancellationToken stop)
    {
        await storage.PutAsync(db, [.. sets.Where(set => !set.Value.IsEmpty).Select(set => new TermBlock { OrganizationId = organization, Term = set.Key, Block = block, Numbers = set.Value.Store() })], stop);
        if (sets.Where(set => set.Value.IsEmpty).Select(set => set.Key).ToList() is { Count: > 0 } over)
            await Rows(organization, over, block, block).ExecuteDeleteAsync(stop);
    }
}
