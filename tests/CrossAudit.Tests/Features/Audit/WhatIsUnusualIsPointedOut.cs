using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>What in a trail is worth a look, and what is not.</summary>
public sealed class WhatIsUnusualIsPointedOut(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Some hours back, so that what the test itself does is in no window with it.
    private static DateTimeOffset Past => TimeProvider.System.GetUtcNow().AddDays(-2);

    [Theory, EveryShape]
    public async Task Somebody_who_tries_doors_shows_and_somebody_who_tries_one_does_not(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (curious, mistaken) = (await founder.AddMemberAsync("viewer"), await founder.AddMemberAsync("viewer"));
        foreach (var (person, tries) in new[] { (curious, 20), (mistaken, 19) })
            for (var n = 0; n < tries; n++)
                await Assert.ThrowsAsync<CrossAuditException>(() => person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "No" }, Stop));

        foreach (var isIndexed in new[] { false, true })
        {
            if (isIndexed)
                await founder.UntilIndexedAsync();
            var found = await FindAsync(founder);
            var burst = Assert.Single(found);
            Assert.Equal(("denial_burst", curious.Id, 20L, 20), (burst.Rule, burst.UserId, burst.Count, burst.EventIds.Count));
            Assert.StartsWith("20 refusals", burst.Explanation, StringComparison.Ordinal);
            Assert.Equal(AuditActions.PermissionDenied, (await founder.Client.Audit.GetAsync(burst.EventIds[0], Stop)).Action);
        }
    }

    [Theory, EveryShape]
    public async Task Downloads_of_many_documents_within_an_hour_are_one_finding_and_of_one_document_none(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (other, third, start) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Past);
        await founder.RecordAsync(Enumerable.Range(0, 150).SelectMany(n => new[]
        {
            new PastEvent(AuditActions.DocumentDownloaded, start.AddSeconds(20 * n), ResourceId: $"document-{n}"),
            new PastEvent(AuditActions.DocumentDownloaded, start.AddSeconds(20 * n), ResourceId: "always-this", Actor: other),
            new PastEvent(AuditActions.DocumentDownloaded, start.AddSeconds(50 * n), ResourceId: $"document-{n}", Actor: third),
        }));

        var found = Assert.Single(await FindAsync(founder));

        Assert.Equal(("mass_download", founder.Id, 150L), (found.Rule, found.UserId, found.Count));
        Assert.Equal(TimeSpan.FromSeconds(20 * 149), found.EndedAt - found.StartedAt);
        Assert.Empty(await FindAsync(founder, days: 1));
    }

    [Theory, EveryShape]
    public async Task A_sign_in_from_a_new_block_of_addresses_shows_once_and_the_first_of_an_account_never(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (other, start) = (Guid.CreateVersion7(), Past);
        await founder.RecordAsync(
        [
            SignIn(start.AddDays(-200), "198.51.100.7"),
            SignIn(start.AddDays(-30), "192.0.2.7"),
            SignIn(start, "192.0.2.200"),
            SignIn(start.AddMinutes(1), "::ffff:192.0.2.9"),
            SignIn(start.AddMinutes(2), "2001:db8:1:2::3"),
            SignIn(start.AddMinutes(3), "2001:db8:1:ffff::9"),
            SignIn(start.AddMinutes(4), "198.51.100.8"),
            SignIn(start, "203.0.113.5") with { Actor = other },
        ]);

        var found = await FindAsync(founder);

        Assert.Equal(["198.51.100.0/24", "2001:db8:1::/48"], found.Select(anomaly => anomaly.Explanation.Split(' ')[3].TrimEnd(',')));
        Assert.All(found, anomaly => Assert.Equal(("new_address_block", founder.Id), (anomaly.Rule, anomaly.UserId)));

        static PastEvent SignIn(DateTimeOffset at, string address) => new(AuditActions.LoginSucceeded, at, "user", Address: address);
    }

    [Theory, EveryShape]
    public async Task Whoever_is_given_much_in_a_day_or_gives_to_themselves_shows(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (risen, settled, start) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Past);
        await founder.RecordAsync(
        [
            Grant(start, "role", "one", risen),
            Grant(start.AddHours(5), "role", "two", risen),
            Grant(start.AddHours(20), "department", "three", risen) with { Action = AuditActions.DepartmentMemberAdded },
            Grant(start, "role", "one", settled),
            Grant(start.AddHours(1), "role", "one", settled),
            Grant(start.AddHours(23), "role", "two", settled),
            Grant(start.AddHours(26), "role", "three", settled),
            Grant(start.AddHours(2), "role", "one", founder.Id),
        ]);

        var found = await FindAsync(founder);

        Assert.Equal([(risen, 3L), (founder.Id, 1L)], found.Select(anomaly => (anomaly.UserId!.Value, anomaly.Count)));
        Assert.All(found, anomaly => Assert.Equal("privilege_growth", anomaly.Rule));

        static PastEvent Grant(DateTimeOffset at, string type, string id, Guid target) => new(AuditActions.RoleGranted, at, type, id, Target: target);
    }

    private static async Task<IReadOnlyList<AnomalyView>> FindAsync(Person person, int days = 7)
    {
        var found = await person.Client.Audit.FindAnomaliesAsync(days, Stop);
        Assert.True(found.IsComplete);
        return found.Anomalies;
    }
}
