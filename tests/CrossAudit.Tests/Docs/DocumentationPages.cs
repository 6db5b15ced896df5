using System.Reflection;
using System.Text.RegularExpressions;
using CrossAudit.Tests.Engines;

namespace CrossAudit.Tests.Docs;

/// <summary>The pages that people read, and what stands in them.</summary>
internal static partial class DocumentationPages
{
    /// <summary>The pages at the root and below <c>docs</c>, relative to the root.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))
            .Order(StringComparer.Ordinal);

    public static string Read(string page) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, page));

    /// <summary>A page without its code blocks.</summary>
    public static string ReadProse(string page) => FencedBlock().Replace(Read(page), "");

    /// <summary>The fenced blocks of a language, in order.</summary>
    public static IReadOnlyList<string> BlocksOf(string page, string language) =>
        [.. FencedBlock().Matches(Read(page)).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value)];

    /// <summary>What stands in code font in the first cell of each row of the page's tables.</summary>
    public static IReadOnlyList<string> FirstCells(string page) => [.. FirstCell().Matches(ReadProse(page)).Select(cell => cell.Groups["name"].Value)];

    /// <summary>The values of a class's constants.</summary>
    public static IReadOnlyList<string> ConstantsOf(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field is { IsLiteral: true }).Select(field => (string)field.GetRawConstantValue()!)];

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedBlock();

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();
}
