using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Core.Permissions;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>
/// Whatever departments, labels and grants there are: by every door a member sees the documents that the contract's words let them see, and counts count no
/// others. Drawn anew in each run; <c>CROSSAUDIT_SEED</c> draws the same again.
/// </summary>
public sealed class OnlyWhatIsWithinReachIsSeen(ServerSet servers)
{
    private const int Rounds = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_members_with_random_grants()
    {
        var seed = RandomSeed.Draw();
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));
        var library = await LabelledLibrary.BuildAsync(founder, new Random(seed.Number));
        Assert.Equal(library.Documents.Count, (await founder.Client.Documents.ListAsync(stop: Stop)).Meta.Total);
        var seen = 0;
        foreach (var membership in (string[])["auditor", "viewer"])
        {
            var member = await founder.AddMemberAsync(membership);
            for (var round = 0; round < Rounds; round++)
            {
                var granted = await library.GrantAsync(member, membership);
                seen += await AssertSeesAsync(member, library, granted, $"{granted}{Environment.NewLine}{string.Join(Environment.NewLine, library.Documents)}{Environment.NewLine}{seed}");
                await library.TakeBackAsync(member, granted);
            }
        }
        seed.Report($"{2 * Rounds} sets of grants, {library.Documents.Count} documents each, {seen} seen");
    }

    private static async Task<int> AssertSeesAsync(Person member, LabelledLibrary library, AccessCase granted, string told)
    {
        var truth = new BruteForceAccess(granted);
        var name = member.Id.ToString();
        var mine = library.Documents.Where(d => truth.IsHeld(name, Permissions.DocumentsRead, d.Department, 0) && d.Label <= truth.Clearance(name, d.Department, 0)).ToList();
        // Who reads nowhere is told that they may not, whether there is anything or not.
        var refusal = truth.IsHeldSomewhere(name, Permissions.DocumentsRead, 0) ? 404 : 403;
        if (refusal == 404)
        {
            await AssertListedAsync(member.Client.Documents, library, mine, told);
            await AssertFoundAsync(member.Client.Documents, mine, told);
        }
        foreach (var document in library.Documents)
        {
            var expected = mine.Contains(document) ? 200 : refusal;
            foreach (var door in DoorsTo(document.Id, member.Client.Documents))
                Assert.True(expected == await StatusAsync(door), $"Expected {expected} of {document}. {told}");
        }
        return mine.Count;
    }

    private static async Task AssertListedAsync(DocumentsApi documents, LabelledLibrary library, List<Shelved> mine, string told)
    {
        var all = await documents.ListAsync(stop: Stop);
        Assert.True(mine.Select(d => d.Id).ToHashSet().SetEquals(all.Items.Select(d => d.Id)) && all.Meta.Total == mine.Count, $"Listed {all.Meta.Total}, not {mine.Count}. {told}");
        foreach (var label in Enum.GetValues<SensitivityLevel>())
            await AssertCountedAsync(new DocumentFilter { SensitivityLevel = label }, mine.Count(d => d.Label == label));
        foreach (var department in library.Departments)
            await AssertCountedAsync(new DocumentFilter { DepartmentId = library.IdOf(department) }, mine.Count(d => d.Department == department));

        async Task AssertCountedAsync(DocumentFilter filter, int count)
        {
            var total = (await documents.ListAsync(filter, limit: 1, stop: Stop)).Meta.Total;
            Assert.True(total == count, $"Counted {total}, not {count}, of {filter}. {told}");
        }
    }

    private static async Task AssertFoundAsync(DocumentsApi documents, List<Shelved> mine, string told)
    {
        var found = await documents.SearchAsync(new SearchRequest { Query = "kestrel", Limit = 100, IncludeHistory = true }, Stop);
        Assert.True(mine.Select(d => d.Id).Order().SequenceEqual(found.Items.Select(hit => hit.Fragment.DocumentId).Order()) && !found.Meta.HasMore, $"Found {found.Items.Count}, not {mine.Count}. {told}");
    }

    private static IEnumerable<Func<Task>> DoorsTo(Guid id, DocumentsApi documents) =>
    [
        () => documents.GetAsync(id, Stop),
        async () => Assert.Equal(1, (await documents.ListVersionsAsync(id, stop: Stop)).Meta.Total),
        () => documents.GetVersionAsync(id, 1, Stop),
        async () => Assert.Equal(1, (await documents.ListFragmentsAsync(id, stop: Stop)).Meta.Total),
    ];

    private static async Task<int> StatusAsync(Func<Task> door)
    {
        try
        {
            await door();
            return 200;
        }
        catch (CrossAuditException refused)
        {
            return refused.Problem.Status;
        }
    }
}
