using System.Reflection;
using System.Text.RegularExpressions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;

namespace CrossAudit.Tests.Architecture;

/// <summary>The floors of the house: arrows point down only.</summary>
public sealed partial class FloorTests
{
    [Fact]
    public void The_ground_knows_nothing_of_the_floors_above_it() => AssertNone(Uses("Platform", except: ["Core.", "Features.", "Commands."]));

    [Fact]
    public void The_core_knows_no_feature() => AssertNone(Uses("Core", except: ["Features.", "Commands."]));

    [Fact]
    public void Features_know_no_command() => AssertNone(Uses("Features", except: ["Commands."]));

    [Fact]
    public void Features_do_not_use_each_other_in_a_circle()
    {
        var uses = Sources("Features")
            .SelectMany(file => UsedNamespaces(file).Where(used => used.StartsWith("Features.", StringComparison.Ordinal))
                .Select(used => (From: FeatureOf(file), To: used.Split('.')[1])))
            .Where(pair => pair.From != pair.To)
            .Distinct()
            .ToLookup(pair => pair.From, pair => pair.To);
        Assert.NotEmpty(uses);
        AssertNone(uses.Where(feature => Reaches(uses, feature.Key, feature.Key, [])).Select(feature => $"{feature.Key} uses, in the end, itself"));
    }

    [Fact]
    public void The_contracts_and_the_client_know_nothing_of_the_server()
    {
        AssertNone(References(typeof(CrossAudit.Contracts.Permissions).Assembly).Where(name => name.StartsWith("CrossAudit", StringComparison.OrdinalIgnoreCase)));
        AssertNone(References(typeof(CrossAudit.Client.CrossAuditClient).Assembly).Where(name => name.Equals("crossaudit", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void What_the_server_keeps_for_an_organization_says_so_or_hangs_on_something_that_does()
    {
        // Accounts and what belongs to them live across organizations; mail and signing keys are the server's own.
        string[] shared = ["User", "Organization", "Session", "OneTimeToken", "RecoveryCode", "OutgoingMail", "SigningKey", "ThreadParticipant", "ReadMark", "ApiKeyUse", "AuditEvent", "AuditTree", "AuditTile"];
        using var db = new SqliteDesignTimeFactory().CreateDbContext([]);
        var entities = db.Model.GetEntityTypes().Select(type => type.ClrType).Where(type => type.Assembly == typeof(AppDbContext).Assembly).ToList();
        Assert.Contains(entities, type => typeof(IOrganizationOwned).IsAssignableFrom(type));
        AssertNone(entities.Where(type => !typeof(IOrganizationOwned).IsAssignableFrom(type) && !shared.Contains(type.Name)).Select(type => type.Name));
    }

    [Fact]
    public void No_type_is_named_for_nothing_in_particular() => AssertNone(
        typeof(AppDbContext).Assembly.GetTypes().Concat(typeof(CrossAudit.Client.CrossAuditClient).Assembly.GetTypes())
            .Select(type => type.Name)
            .Where(name => !name.Contains('<', StringComparison.Ordinal))
            .Where(name => name.EndsWith("Helper", StringComparison.Ordinal) || name.EndsWith("Manager", StringComparison.Ordinal) || name.EndsWith("Utils", StringComparison.Ordinal)));

    private static IEnumerable<string> Uses(string floor, string[] except) =>
        from file in Sources(floor)
        from used in UsedNamespaces(file)
        where except.Any(used.StartsWith)
        select $"{Path.GetRelativePath(RepositoryRoot.Path, file)} uses {used}";

    private static IEnumerable<string> Sources(string floor)
    {
        var folder = Path.Combine(RepositoryRoot.Path, "src", "CrossAudit.Server", floor);
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        return files;
    }

    private static IEnumerable<string> UsedNamespaces(string file) =>
        ServerNamespace().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value + ".");

    private static string FeatureOf(string file) => Path.GetRelativePath(Path.Combine(RepositoryRoot.Path, "src", "CrossAudit.Server", "Features"), file).Split(Path.DirectorySeparatorChar)[0];

    private static bool Reaches(ILookup<string, string> uses, string from, string to, HashSet<string> seen) =>
        uses[from].Any(next => next == to || (seen.Add(next) && Reaches(uses, next, to, seen)));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name != "CrossAudit.Contracts");

    private static void AssertNone(IEnumerable<string> found) => Assert.Equal([], found);

    [GeneratedRegex(@"using (?:static )?CrossAudit\.Server\.([A-Za-z.]+);")]
    private static partial Regex ServerNamespace();
}
