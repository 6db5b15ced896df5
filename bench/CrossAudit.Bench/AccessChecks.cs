using System.CommandLine;
using CrossAudit.Server.Core.Permissions;
using static CrossAudit.Bench.Figures;

namespace CrossAudit.Bench;

/// <summary>What a check of a permission costs, from a small organization to a large one. It runs in this process: over HTTP a check is lost in the noise.</summary>
internal static class AccessChecks
{
    private const int Questions = 1 << 16;

    private static readonly (int People, int Roles)[] Sizes = [(900, 100), (9_000, 1_000), (100_000, 10_000)];

    public static Command Command()
    {
        var command = new Command("access", "Checking permissions, from 1,000 to 110,000 rules.") { Measurement.Database };
        command.SetAction(async (arguments, stop) =>
        {
            var sizes = Sizes.Select(size => new AccessOrganization(size.People, size.Roles)).Select(organization => (Organization: organization, Graph: Build(organization))).ToList();
            PrintChecks("anybody, whose access is mostly in no cache of the processor", [.. sizes.Select(size => new CheckTimes(size.Graph, size.Organization.Questions(Questions)))]);
            PrintChecks("the same person", [.. sizes.Select(size => new CheckTimes(size.Graph, size.Organization.QuestionsOfOne(Questions)))]);
            await AccessRebuilding.RunAsync(sizes[^1].Organization, arguments.GetValue(Measurement.Database), stop);
        });
        return command;
    }

    private static AccessGraph Build(AccessOrganization organization)
    {
        var facts = organization.Facts;
        // Once for nothing, so that the code is compiled.
        CompileAll(AccessGraphBuilder.Build(facts), organization);
        var (graph, built, graphBytes) = Measured(() => AccessGraphBuilder.Build(facts));
        var (_, compiled, accessBytes) = Measured(() => CompileAll(graph, organization));
        Print(
            $"{organization.Rules:#,0} rules: {organization.People.Length:#,0} people, {organization.Roles.Length:#,0} roles, {organization.Departments.Length:#,0} departments",
            ("graph built from rows, ms", Number(built.TotalMilliseconds)),
            ("graph in memory, MB", Number(graphBytes / 1e6)),
            ("one person's access compiled, us", Number(compiled.TotalMicroseconds / organization.People.Length)),
            ("one person's access in memory, bytes", Number((double)accessBytes / organization.People.Length, "#,0")));
        return graph;
    }

    // In turn, round by round: what else the machine does falls on all sizes alike.
    private static void PrintChecks(string whom, CheckTimes[] sizes)
    {
        CheckTimes.Measure(sizes);
        Print(
            $"A check of {whom}, at {string.Join(", ", Sizes.Select(size => (size.People + size.Roles).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)))} rules",
            ("mean, us (bar: < 10)", Each(size => Number(size.Mean, "0.000"))),
            ("p50, us", Each(size => Number(size.P50, "0.000"))),
            ("p99, us (bar: < 50)", Each(size => Number(size.P99, "0.000"))),
            ("allocated, bytes (bar: 0)", Each(size => Number(size.Bytes, "0.###"))),
            ("mean at the largest / at the smallest", Number(sizes[^1].Mean / sizes[0].Mean, "0.00")));

        string Each(Func<CheckTimes, string> figure) => string.Join("  ", sizes.Select(figure));
    }

    private static AccessGraph CompileAll(AccessGraph graph, AccessOrganization organization)
    {
        foreach (var person in organization.People)
            graph.AccessOf(person, CheckTimes.Now);
        return graph;
    }

    // In processor time, as the means of the checks: what else runs on the machine does not count.
    private static (T Value, TimeSpan Took, long Bytes) Measured<T>(Func<T> work)
    {
        var (before, from) = (GC.GetTotalMemory(forceFullCollection: true), Environment.CpuUsage.TotalTime);
        var value = work();
        var took = Environment.CpuUsage.TotalTime - from;
        return (value, took, GC.GetTotalMemory(forceFullCollection: true) - before);
    }
}
