using System.Buffers;
using System.Text.RegularExpressions;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>Keys and tokens whose form alone gives them away, as their issuers publish it.</summary>
internal static partial class Secrets
{
    // One of these stands in each: most passages are through with one look.
    private static readonly SearchValues<string> Beginnings = SearchValues.Create(
        ["-----BEGIN ", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "AIza", "k_live_", "npm_", "SG.", "sk-", "eyJ", "://"], StringComparison.Ordinal);

    public static void Find(string text, List<Detection> found)
    {
        if (!text.AsSpan().ContainsAny(Beginnings))
            return;
        foreach (Match match in Known.Matches(text))
            found.Add(new Detection(FindingKind.Secret, match.Groups.Values.Skip(1).First(group => group.Success).Name, match.Index, match.Length));
    }

    [GeneratedRegex(
        """
        (?<private_key>-----BEGIN[ ](?:[A-Z0-9]{1,12}[ ]){0,2}PRIVATE[ ]KEY(?:[ ]BLOCK)?-----)
        |\b(?:
            (?<aws_access_key>(?:AKIA|ASIA)[A-Z2-7]{16})
            |(?<github_token>gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})
            |(?<gitlab_token>glpat-[A-Za-z0-9_-]{20,64})
            |(?<slack_token>xox[abeprs]-[A-Za-z0-9-]{10,250})
            |(?<google_api_key>AIza[A-Za-z0-9_-]{35})
            |(?<stripe_key>[rs]k_live_[A-Za-z0-9]{20,247})
            |(?<npm_token>npm_[A-Za-z0-9]{36})
            |(?<sendgrid_key>SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})
            |(?<openai_key>sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{40,200})
            |(?<anthropic_key>sk-ant-[A-Za-z0-9_-]{40,200})
            |(?<json_web_token>eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,2000})
            |(?<url_with_password>[a-z][a-z0-9+.-]{1,15}://[^\s:@/]{1,64}:[^\s:@/]{3,64}@[A-Za-z0-9.-]{1,253})
        )
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Known { get; }
}
