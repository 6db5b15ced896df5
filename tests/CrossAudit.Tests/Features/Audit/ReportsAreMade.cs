using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Evidence for a period, put to the clauses of a framework.</summary>
public sealed class ReportsAreMade(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_report_says_who_could_do_what_and_what_was_done_and_keeps_its_hash(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (viewer, auditor) = (await founder.AddMemberAsync("viewer"), await founder.AddMemberAsync("auditor"));
        var role = (await founder.Client.Access.CreateRoleAsync(new CreateRoleRequest { Name = "risk", Permissions = [Permissions.DocumentsRead] }, Stop)).Value;
        var document = await founder.UploadTextAsync("A heron.", SensitivityLevel.Internal, "<script>alert(1)</script>");
        await viewer.ContentAsync(document.Id);
        await Assert.ThrowsAsync<CrossAudit.Client.CrossAuditException>(() => viewer.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "Mine" }, stop: Stop));
        await founder.UntilSealedAsync();

        var report = await ReportAsync(auditor, "iso27001");

        var content = report.Content!;
        Assert.Equal(("completed", 100), (report.Status, report.Progress));
        Assert.Contains(content.Clauses, clause => clause.Clause == "A.8.15" && clause.Sections.Contains("integrity"));
        Assert.Equal((3, "auditor"), (content.AccessReview.Members, content.AccessReview.Holders.Single(holder => holder.UserId == auditor.Id).Role));
        Assert.Contains(content.PrivilegedChanges.Events, e => e.Action == AuditActions.RoleCreated && e.Resource!.Contains(role.Id.ToString(), StringComparison.Ordinal));
        Assert.Contains(content.FailedAndDenied.Events, e => e.Action == AuditActions.PermissionDenied && e.Actor == viewer.Email);
        Assert.Contains(content.DataAccess, count => count is { SensitivityLevel: SensitivityLevel.Internal, Action: AuditActions.DocumentDownloaded, Count: 1 });
        Assert.True(content.Integrity is { Holds: true, TreeSize: > 5 });

        using var answer = await auditor.AskAsync(HttpMethod.Get, $"api/audit/reports/{report.Id}", null);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal(report.ContentHash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.RootElement.GetProperty("data").GetProperty("content").GetRawText()))));
        Assert.Equal(report.ContentHash, (string?)(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.AuditReportCompleted)).Single().Metadata!["content_hash"]);
        Assert.Null((await auditor.Client.Audit.ListReportsAsync(stop: Stop)).Items.Single().Content);
    }

    [Theory, EveryShape]
    public async Task The_page_needs_nothing_from_elsewhere_and_runs_nothing(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await founder.Client.Organizations.UpdateAsync(founder.OrganizationId, new() { DisplayName = "<img src=x onerror=alert(1)>" }, stop: Stop);
        var report = await ReportAsync(founder, "gdpr");

        using var answer = await founder.AskAsync(HttpMethod.Get, $"api/audit/reports/{report.Id}?format=html", null);
        var page = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("onerror", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(report.ContentHash!, page, StringComparison.Ordinal);
    }

    [Theory, EveryShape]
    public async Task Reports_are_for_those_who_may_export_and_of_a_period_that_is_one(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var now = TimeProvider.System.GetUtcNow();

        await server.RefusesAsync(member, 403, ErrorCodes.PermissionDenied, () => member.Client.Audit.ListReportsAsync(stop: Stop));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Audit.CreateReportAsync(new CreateReportRequest { Framework = "soc2", StartDate = now, EndDate = now }, Stop));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Audit.CreateReportAsync(new CreateReportRequest { Framework = "other", StartDate = now.AddDays(-1), EndDate = now }, Stop));
    }

    private static async Task<ReportView> ReportAsync(Person person, string framework)
    {
        var now = TimeProvider.System.GetUtcNow();
        var asked = await person.Client.Audit.CreateReportAsync(new CreateReportRequest { Framework = framework, StartDate = now.AddDays(-1), EndDate = now.AddMinutes(1) }, Stop);
        return await Eventually.FindAsync(async () => await person.Client.Audit.GetReportAsync(asked.Id, Stop) is { Status: not "pending" } report ? report : null, TimeSpan.FromSeconds(60), "The report");
    }
}
