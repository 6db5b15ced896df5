using System.Text.RegularExpressions;
using CrossAudit.Tests.Engines;

namespace CrossAudit.Tests.Docs;

/// <summary>Links lead somewhere, and the licence stands where it should.</summary>
public sealed partial class PagesHoldTogether
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var links = DocumentationPages.All.SelectMany(page => Link().Matches(DocumentationPages.ReadProse(page)).Select(link => (Page: page, Target: link.Groups["target"].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))
            .ToList();
        Assert.True(links.Count > 20, "The pages hardly link to each other: is the expression that finds links right?");

        Assert.DoesNotContain(links, link => !Resolves(link.Page, link.Target));
    }

    [Fact]
    public void The_readme_ends_with_the_licence() =>
        Assert.Equal("Copyright (c) 2024 CrossAudit AI. All rights reserved.", File.ReadLines(Path.Combine(RepositoryRoot.Path, "README.md")).Last());

    private static bool Resolves(string page, string target)
    {
        var (file, heading) = target.Split('#') is [var path, var anchor] ? (path, anchor) : (target, null);
        var full = file.Length == 0 ? Path.Combine(RepositoryRoot.Path, page) : Path.GetFullPath(Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(page)!, file));
        if (!File.Exists(full) && !Directory.Exists(full))
            return false;
        return heading is null || Heading().Matches(DocumentationPages.ReadProse(Path.GetRelativePath(RepositoryRoot.Path, full))).Any(match => Anchor(match.Groups["text"].Value) == heading);
    }

    // As GitHub makes them: lower case, blanks as dashes, punctuation left out.
    private static string Anchor(string heading) => NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
