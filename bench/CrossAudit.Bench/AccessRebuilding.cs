using System.Diagnostics;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>How long it takes from a change of who may do what until checks on this node go by it: the graph of the organization is read and built anew.</summary>
internal static class AccessRebuilding
{
    private const int Changes = 10;

    public static async Task RunAsync(AccessOrganization organization, string? database, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("crossaudit-bench-");
        await using (var services = BenchDatabase.Open(folder.FullName, database))
        {
            await services.MigrateAsync(stop);
            await AccessRows.StoreAsync(services, organization, stop);
            var graphs = services.GetRequiredService<AccessGraphs>();
            await graphs.OfAsync(organization.Id, stop);
            var (times, busy) = (new List<(double Saved, double Known)>(), Environment.CpuUsage.TotalTime);
            for (var change = 0; change < Changes; change++)
                times.Add(await ChangeAsync(services, graphs, organization, change, stop));
            Print(
                $"A role is granted at {organization.Rules:#,0} rules, on {(database is null ? "SQLite" : "PostgreSQL")}",
                ("saved, median, ms", Number(times.Select(time => time.Saved).Order().ElementAt(Changes / 2))),
                ("from saving to a rebuilt graph, median, ms", Number(times.Select(time => time.Known).Order().ElementAt(Changes / 2))),
                ("from saving to a rebuilt graph, longest, ms", Number(times.Max(time => time.Known))),
                ("processor time of both, mean, ms", Number((Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / Changes)));
        }
        folder.Delete(recursive: true);
    }

    private static async Task<(double Saved, double Known)> ChangeAsync(IServiceProvider services, AccessGraphs graphs, AccessOrganization organization, int change, CancellationToken stop)
    {
        var (person, version) = (organization.People[change], (await graphs.OfAsync(organization.Id, stop)).Version);
        var from = Stopwatch.GetTimestamp();
        await AccessRows.SaveAsync(services, [AccessRows.Of(organization.Id, new GrantFact(person, DefaultRoles.IdOf(organization.Id, DefaultRoles.Manager), null, null))], stop);
        var saved = Stopwatch.GetElapsedTime(from);
        AccessGraph graph;
        do
            graph = await graphs.OfAsync(organization.Id, stop);
        while (graph.Version == version);
        var known = Stopwatch.GetElapsedTime(from) - saved;
        return graph.AccessOf(person, TimeProvider.System.GetUtcNow()).Allows(Contracts.Permissions.UsersManage)
            ? (saved.TotalMilliseconds, known.TotalMilliseconds)
            : throw new InvalidOperationException("The grant does not count.");
    }
}
