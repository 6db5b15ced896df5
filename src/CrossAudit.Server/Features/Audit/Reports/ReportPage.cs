using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using CrossAudit.Contracts.Audit;

namespace CrossAudit.Server.Features.Audit.Reports;

/// <summary>A report as a page to read and print. It needs no script and nothing from elsewhere, and whatever comes from the trail is text in it.</summary>
internal static class ReportPage
{
    private const string Style = """
        body { font: 10pt/1.45 system-ui, sans-serif; color: #1a1a1a; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.6rem; margin-bottom: .2rem; } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #999; }
        table { border-collapse: collapse; width: 100%; margin: .6rem 0; } th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
        th { background: #f2f2f2; } td.n { text-align: right; } pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f7f7f7; padding: .6rem; } .holds { color: #0a5c2b; } .fails { color: #a3161a; font-weight: bold; }
        @media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
        """;

    /// <summary>What the page may load: its own style, and nothing else.</summary>
    public static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static string Of(ReportView report)
    {
        var content = report.Content!;
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(content.Title)}: {Text(content.Organization)}</title><style>{Style}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(content.Title)}</h1><p>{Text(content.Organization)}, {Time(content.Period.StartDate)} to {Time(content.Period.EndDate)}. Made {Time(content.Period.GeneratedAt)}.<br>Report {report.Id}, SHA-256 {report.ContentHash}</p>");
        Table(page, "Clauses and evidence", ["Clause", "Asks for", "Evidence in"], content.Clauses.Select(clause => new[] { clause.Clause, clause.Requirement, string.Join(", ", clause.Sections.Select(Heading)) }));
        Integrity(page, content.Integrity);
        Table(
            page, $"{Heading("access_review")}: {content.AccessReview.Members} members, {content.AccessReview.Grants} granted roles", ["Who", "Role", "Since", "Until"],
            content.AccessReview.Holders.Select(holder => new[] { holder.Email, holder.Role, Time(holder.Since), holder.ExpiresAt is { } end ? Time(end) : "" }));
        Events(page, "privileged_changes", content.PrivilegedChanges);
        Events(page, "failed_and_denied", content.FailedAndDenied);
        Table(page, Heading("data_access"), ["Label", "Act", "How often"], content.DataAccess.Select(count => new[] { count.SensitivityLevel?.ToString().ToLowerInvariant() ?? "none", count.Action, Number(count.Count) }));
        Events(page, "retention_and_disposals", content.RetentionAndDisposals);
        return page.Append("</body></html>").ToString();
    }

    private static void Integrity(StringBuilder page, VerificationView found)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Heading("integrity")}</h2><p class=\"{(found.Holds ? "holds" : "fails")}\">{(found.Holds ? "The trail holds." : "The trail does NOT hold.")}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Number(found.TreeSize)} sealed events, {Number(found.CheckedEvents)} checked one by one, {Number(found.ErasedEvents)} of them erased, {Number(found.RemovedEvents)} removed by retention, {Number(found.UnsealedEvents)} not sealed yet.</p>");
        if (found.Problems.Count > 0)
            Table(page, "Problems", ["Event", "What", "In words"], found.Problems.Select(problem => new[] { problem.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "", problem.Code, problem.Message }));
        if (found.Checkpoint is { } checkpoint)
            page.Append(CultureInfo.InvariantCulture, $"<p>Checkpoint:</p><pre>{Text(checkpoint)}</pre>");
    }

    private static void Events(StringBuilder page, string section, EventSection events)
    {
        Table(page, $"{Heading(section)}: {Number(events.Total)}", ["Action", "How often"], events.ByAction.Select(action => new[] { action.Value, Number(action.Count) }));
        if (events.Events.Count > 0)
            Table(page, null, ["When", "Who", "What", "To which", "How it ended"], events.Events.Select(e => new[] { Time(e.CreatedAt), e.Actor ?? "", e.Action, e.Resource ?? "", e.Outcome }));
    }

    private static void Table(StringBuilder page, string? title, string[] columns, IEnumerable<string[]> rows)
    {
        if (title is not null)
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2>");
        page.Append("<table><thead><tr>");
        foreach (var column in columns)
            page.Append(CultureInfo.InvariantCulture, $"<th>{Text(column)}</th>");
        page.Append("</tr></thead><tbody>");
        foreach (var row in rows)
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Text(cell)}</td>")).Append("</tr>");
        page.Append("</tbody></table>");
    }

    private static string Heading(string section) => section switch
    {
        "access_review" => "Access review",
        "privileged_changes" => "Privileged changes",
        "failed_and_denied" => "Failed and denied",
        "data_access" => "Access to data by label",
        "retention_and_disposals" => "Retention and disposals",
        _ => "Integrity of the trail",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
