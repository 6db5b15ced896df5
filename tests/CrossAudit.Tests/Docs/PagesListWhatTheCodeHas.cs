using System.Text.RegularExpressions;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;

namespace CrossAudit.Tests.Docs;

/// <summary>Pages that list something list all of it, once, and nothing that is gone.</summary>
public sealed partial class PagesListWhatTheCodeHas
{
    [Fact]
    public void The_catalogue_of_errors_has_every_code_and_no_other() =>
        AssertSame(DocumentationPages.ConstantsOf(typeof(ErrorCodes)), DocumentationPages.FirstCells("docs/errors.md").Where(IsDotted));

    [Fact]
    public void The_list_of_actions_has_every_action_and_no_other() =>
        AssertSame(DocumentationPages.ConstantsOf(typeof(AuditActions)), DocumentationPages.FirstCells("docs/audit/actions.md"));

    [Fact]
    public void The_configuration_has_every_setting_that_the_server_reads_and_no_other()
    {
        var code = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src/CrossAudit.Server/Platform/Configuration"), "*.cs").Select(File.ReadAllText);
        var settings = code.SelectMany(text => ReadOfASetting().Matches(text)).Select(read => read.Groups["name"].Value).Distinct().ToList();
        Assert.Contains("DATABASE_URL", settings);

        AssertSame(settings, DocumentationPages.FirstCells("docs/configuration.md"));
    }

    // In the order of the alphabet, so that a difference shows as one line.
    private static void AssertSame(IEnumerable<string> code, IEnumerable<string> page) => Assert.Equal(code.Order(StringComparer.Ordinal), page.Order(StringComparer.Ordinal));

    private static bool IsDotted(string name) => name.Contains('.', StringComparison.Ordinal);

    [GeneratedRegex("""\.(?:Text|Required|Number|Switch|List|HttpUrl)\(\s*"(?<name>[A-Z][A-Z0-9_]+)["]""")]
    private static partial Regex ReadOfASetting();
}
