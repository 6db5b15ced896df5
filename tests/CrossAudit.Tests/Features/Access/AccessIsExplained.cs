using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Features.Access;

/// <summary>Who may do what, and why: what an auditor asks.</summary>
public sealed class AccessIsExplained(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_check_names_the_role_the_ancestor_the_department_and_the_deny(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("auditor");
        var research = await founder.MakeDepartmentAsync("Research");
        var steward = await founder.MakeRoleAsync("steward", ["documents.*"]);
        var reviewer = await founder.MakeRoleAsync("reviewer", [], parent: steward.Id);
        await founder.GrantAsync(member, reviewer.Id, research.Id);
        var document = await founder.MakeDocumentAsync("policy", research.Id);
        var restricted = await founder.MakeDocumentAsync("secret", research.Id, SensitivityLevel.Restricted);
        CheckRequest About(string permission, string? type = null, Guid? id = null) => new() { UserId = member.Id, Permission = permission, ResourceType = type, ResourceId = id };

        var answers = await founder.Client.Access.CheckAsync(
            [About(Permissions.DocumentsWrite, "document", document.Id), About(Permissions.DocumentsWrite), About(Permissions.DocumentsRead, "document", restricted.Id), About(Permissions.AuditRead)], Stop);

        Assert.Equal([true, false, false, true], answers.Select(answer => answer.Allowed));
        var because = Assert.Single(answers[0].Because);
        Assert.Equal((AccessEffect.Allow, "documents.*", "reviewer", "steward", RoleSource.Grant, (Guid?)research.Id),
            (because.Effect, because.Entry, because.Role, because.AncestorRole, because.Source!.Value, because.DepartmentId));
        Assert.Equal("The role reviewer, granted for a department, allows documents.*, inherited from steward.", because.Detail);
        Assert.Equal([AccessEffect.Missing, AccessEffect.Missing], answers[1].Because.Select(reason => reason.Effect));
        Assert.Equal("The label is restricted, and the roles that count here see no further than internal.", Assert.Single(answers[2].Because).Detail);

        await founder.GrantAsync(member, (await founder.MakeRoleAsync("frozen", [], denied: ["documents.write"])).Id);
        var denied = await founder.Client.Access.CheckAsync(About(Permissions.DocumentsWrite, "document", document.Id), Stop);
        Assert.False(denied.Allowed);
        Assert.Equal((AccessEffect.Deny, "frozen", "documents.write"), (Assert.Single(denied.Because).Effect, denied.Because[0].Role, denied.Because[0].Entry));
    }

    [Theory, EveryShape]
    public async Task Anybody_asks_about_themselves_and_only_those_who_may_see_roles_about_others(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, stranger) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var member = await founder.AddMemberAsync("member");
        var hidden = await founder.MakeDocumentAsync("hidden", label: SensitivityLevel.Restricted);

        Assert.True((await member.Client.Access.CheckAsync(new CheckRequest { Permission = Permissions.DocumentsWrite }, Stop)).Allowed);
        Assert.Contains((await member.Client.Access.ListUserPermissionsAsync(member.Id, 1000, stop: Stop)).Items, held => (held.Permission, held.Role, held.AncestorRole) == (Permissions.DocumentsRead, "member", "viewer"));
        foreach (var (path, body) in new (string, string?)[] { ("check", $$"""{"user_id":"{{founder.Id}}","permission":"documents.read"}"""), ($"users/{founder.Id}/roles", null), ($"users/{founder.Id}/permissions", null) })
        {
            using var answer = await member.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, "api/rbac/" + path, body is null ? null : Answer.Json(body));
            await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        }
        foreach (var body in new[]
        {
            $$"""{"user_id":"{{stranger.Id}}","permission":"documents.read"}""",
            $$"""{"permission":"documents.read","resource_type":"document","resource_id":"{{Guid.CreateVersion7()}}"}""",
        })
        {
            using var answer = await founder.SendAsync(HttpMethod.Post, "api/rbac/check", Answer.Json(body));
            await answer.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        }
        // Whether a document is there at all is not for everybody to learn.
        using var probe = await member.SendAsync(HttpMethod.Post, "api/rbac/check", Answer.Json($$"""{"permission":"documents.read","resource_type":"document","resource_id":"{{hidden.Id}}"}"""));
        await probe.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
    }

    [Theory, EveryShape]
    public async Task A_question_that_makes_no_sense_is_refused(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var many = "[" + string.Join(',', Enumerable.Repeat("""{"permission":"documents.read"}""", 101)) + "]";

        foreach (var (body, code) in new[]
        {
            ("[]", ErrorCodes.RequestInvalid), (many, ErrorCodes.RequestInvalid), ("[null]", ErrorCodes.RequestInvalid), ("""{"permission":""}""", ErrorCodes.RequestInvalid), ("{}", ErrorCodes.RequestInvalid),
            ("""{"permission":"documents.*"}""", ErrorCodes.PermissionUnknown), ("""{"permission":"documents.read","resource_type":"planet","resource_id":"019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"}""", ErrorCodes.RequestInvalid),
            ("""{"permission":"documents.read","resource_type":"document"}""", ErrorCodes.RequestInvalid), ("\"documents.read\"", ErrorCodes.RequestInvalid),
        })
        {
            using var answer = await founder.SendAsync(HttpMethod.Post, "api/rbac/check", Answer.Json(body));
            await answer.IsProblemAsync(HttpStatusCode.BadRequest, code);
        }
    }

    [Theory, EveryShape]
    public async Task Who_can_lists_everybody_who_may_and_nobody_else(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, viewer) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("viewer"));
        var research = await founder.MakeDepartmentAsync("Research");
        await founder.GrantAsync(viewer, (await founder.MakeRoleAsync("writer", ["documents.write"], clearance: SensitivityLevel.Restricted)).Id, research.Id);
        var (inResearch, secret) = (await founder.MakeDocumentAsync("paper", research.Id), await founder.MakeDocumentAsync("secret", research.Id, SensitivityLevel.Restricted));
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Private", IsPrivate = true, Participants = [viewer.Id] }, Stop)).Value;
        async Task<IEnumerable<Guid>> WhoAsync(string permission, string? type = null, Guid? id = null) => (await founder.Client.Access.WhoCanAsync(permission, type, id, stop: Stop)).Items.Select(holder => holder.UserId).Order();

        Assert.Equal(new[] { founder.Id, member.Id }.Order(), await WhoAsync(Permissions.DocumentsWrite));
        Assert.Equal(new[] { founder.Id, member.Id, viewer.Id }.Order(), await WhoAsync(Permissions.DocumentsWrite, "document", inResearch.Id));
        Assert.Equal(new[] { founder.Id, viewer.Id }.Order(), await WhoAsync(Permissions.DocumentsWrite, "document", secret.Id));
        Assert.Equal(new[] { founder.Id, viewer.Id }.Order(), await WhoAsync(Permissions.ChatRead, "thread", thread.Id));
        var page = await founder.Client.Access.WhoCanAsync(Permissions.DocumentsRead, limit: 2, stop: Stop);
        Assert.Equal((3, true, 2), (page.Meta.Total, page.Meta.HasMore, page.Items.Count));
        Assert.All(page.Items, holder => Assert.NotEmpty(holder.Because));
    }

    [Theory, EveryShape]
    public async Task What_somebody_holds_is_listed_with_where_it_comes_from_and_where_it_is_denied(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("viewer");
        var research = await founder.MakeDepartmentAsync("Research");
        var lab = await founder.MakeDepartmentAsync("Lab", parent: research.Id);
        await founder.GrantAsync(member, (await founder.MakeRoleAsync("writer", ["documents.write"])).Id, research.Id);
        await founder.GrantAsync(member, (await founder.MakeRoleAsync("barred", [], denied: ["documents.*"])).Id, lab.Id);
        await founder.GrantAsync(member, (await founder.MakeRoleAsync("silent", [], denied: ["chat.read"])).Id);

        var held = (await founder.Client.Access.ListUserPermissionsAsync(member.Id, 1000, stop: Stop)).Items;

        Assert.Equal(["documents.read", "documents.write", "users.read"], held.Select(one => one.Permission).Order());
        Assert.All(held.Where(one => one.Permission.StartsWith("documents.", StringComparison.Ordinal)), one => Assert.Equal([lab.Id], one.DeniedInDepartments));
        Assert.Equal((research.Id, RoleSource.Grant), (held.Single(one => one.Permission == "documents.write").DepartmentId!.Value, held.Single(one => one.Permission == "documents.write").Source));
    }

    [Theory, EveryShape]
    public async Task An_access_review_lists_who_holds_what_since_when_and_by_whom_and_exports_without_formulas(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("auditor");
        var research = await founder.MakeDepartmentAsync("=cmd|' /C calc'!A0", defaultRole: await founder.RoleIdAsync("viewer"));
        var role = await founder.MakeRoleAsync("reader", ["documents.read"]);
        var end = DateTimeOffset.UnixEpoch.AddYears(80);
        await founder.GrantAsync(member, role.Id, research.Id, end);
        await founder.Client.Access.Departments.AddMemberAsync(research.Id, member.Id, Stop);

        var review = (await founder.Client.Access.ReviewAsync(stop: Stop)).Items;

        Assert.Equal(4, review.Count);
        var granted = Assert.Single(review, entry => entry.Source == RoleSource.Grant);
        Assert.Equal((member.Email, "reader", research.Id, founder.Email, end, true), (granted.Email, granted.Role, granted.DepartmentId!.Value, granted.GrantedByEmail, granted.ExpiresAt!.Value, granted.IsActive));
        Assert.NotNull(granted.LastUsedAt);
        Assert.Equal(["owner", "auditor"], review.Where(entry => entry.Source == RoleSource.Membership).OrderBy(entry => entry.Since).Select(entry => entry.Role));
        Assert.Equal(["reader"], (await founder.Client.Access.ReviewAsync(roleId: role.Id, stop: Stop)).Items.Select(entry => entry.Role));
        Assert.Equal(["owner"], (await founder.Client.Access.ReviewAsync(userId: founder.Id, stop: Stop)).Items.Select(entry => entry.Role));
        Assert.Equal(2, (await founder.Client.Access.ReviewAsync(departmentId: research.Id, stop: Stop)).Meta.Total);
        Assert.Single((await founder.Client.Access.ReviewAsync(expiresBefore: end.AddDays(1), stop: Stop)).Items);

        var csv = await founder.Client.Access.ExportReviewAsync(Stop);
        Assert.Equal(5, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain(",=cmd", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("\"=cmd", csv, StringComparison.Ordinal);
        Assert.Contains("=cmd", csv, StringComparison.Ordinal);
        Assert.Equal(["csv", "json"], (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.AccessReviewed)).Select(e => e.Metadata!["format"]!.GetValue<string>()).Distinct().Order());
    }

    [Theory, EveryShape]
    public async Task A_scan_cannot_flood_the_trail_and_what_was_not_recorded_one_by_one_is_counted(Shape shape)
    {
        await using var server = await servers.StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");

        for (var i = 0; i < 150; i++)
        {
            using var refused = await member.SendAsync(HttpMethod.Get, "api/audit/logs");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Equal(120, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PermissionDenied)).Count);
        await server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<CrossAudit.Server.Core.Auditing.DenialSummaries>().Single().StopAsync(Stop);
        var summary = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PermissionDenied), e => e.Metadata!["suppressed"] is not null);
        Assert.Equal((30, (Guid?)member.Id), (summary.Metadata!["suppressed"]!.GetValue<int>(), summary.ActorUserId));
    }
}
