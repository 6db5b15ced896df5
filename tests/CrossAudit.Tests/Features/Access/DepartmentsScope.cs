using System.Net;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Chat;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Access;

/// <summary>A role granted for a department reaches that department and those below it, and nothing else.</summary>
public sealed class DepartmentsScope(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_grant_reaches_its_department_and_those_below_in_lists_counts_search_and_by_id(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var analyst = await founder.AddMemberAsync("auditor");
        var (research, sales) = (await founder.MakeDepartmentAsync("Research"), await founder.MakeDepartmentAsync("Sales"));
        var lab = await founder.MakeDepartmentAsync("Lab", parent: research.Id);
        foreach (var (title, department) in new[] { ("everybodys", (Guid?)null), ("research", research.Id), ("lab", lab.Id), ("sales", sales.Id) })
            await UploadAsync(founder, title, department);
        var secret = await founder.MakeDocumentAsync("secret", research.Id, SensitivityLevel.Restricted);
        var reader = await founder.MakeRoleAsync("reader", ["documents.read"]);

        await founder.GrantAsync(analyst, reader.Id, research.Id);

        Assert.Equal(("lab research", 2), await analyst.SeesAsync());
        var hits = await analyst.Client.Documents.SearchAsync(new SearchRequest { Query = "governed" }, Stop);
        Assert.Equal(["lab", "research"], hits.Items.Select(hit => hit.Fragment.DocumentTitle).Order());
        using (var hidden = await analyst.SendAsync(HttpMethod.Get, $"api/documents/{secret.Id}"))
            await hidden.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        Assert.Equal(["sales"], (await founder.Client.Documents.ListAsync(new DocumentFilter { DepartmentId = sales.Id }, stop: Stop)).Items.Select(d => d.Title));

        // What somebody has for the whole organization, and a clearance that is higher in one department alone.
        await founder.GrantAsync(analyst, reader.Id);
        var cleared = await founder.MakeRoleAsync("cleared", [], clearance: SensitivityLevel.Restricted);
        await founder.GrantAsync(analyst, cleared.Id, research.Id);
        Assert.Equal(("everybodys lab research sales secret", 5), await analyst.SeesAsync());
        await founder.GrantAsync(analyst, (await founder.MakeRoleAsync("barred", [], denied: ["documents.*"])).Id, lab.Id);
        Assert.Equal(("everybodys research sales secret", 4), await analyst.SeesAsync());
    }

    [Theory, EveryShape]
    public async Task Moving_a_department_or_a_document_moves_its_reach_at_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var analyst = await founder.AddMemberAsync("auditor");
        var (research, sales) = (await founder.MakeDepartmentAsync("Research"), await founder.MakeDepartmentAsync("Sales"));
        var lab = await founder.MakeDepartmentAsync("Lab", parent: sales.Id);
        var (inLab, inSales) = (await founder.MakeDocumentAsync("lab", lab.Id), await founder.MakeDocumentAsync("sales", sales.Id));
        await founder.GrantAsync(analyst, (await founder.MakeRoleAsync("reader", ["documents.read"])).Id, research.Id);
        Assert.Equal(("", 0), await analyst.SeesAsync());

        await founder.Client.Access.Departments.UpdateAsync(lab.Id, new UpdateDepartmentRequest { ParentDepartmentId = research.Id }, stop: Stop);
        Assert.Equal(("lab", 1), await analyst.SeesAsync());
        await founder.Client.Documents.UpdateAsync(inSales.Id, new UpdateDocumentRequest { DepartmentId = research.Id }, stop: Stop);
        Assert.Equal(("lab sales", 2), await analyst.SeesAsync());
        await founder.Client.Documents.UpdateAsync(inLab.Id, new UpdateDocumentRequest { DepartmentId = new Optional<Guid?>(null) }, stop: Stop);
        Assert.Equal(("sales", 1), await analyst.SeesAsync());

        var moved = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DepartmentUpdated));
        Assert.Equal((sales.Id.ToString(), research.Id.ToString()), (moved.Changes!["parent_department_id"]!["from"]!.GetValue<string>(), moved.Changes["parent_department_id"]!["to"]!.GetValue<string>()));
    }

    [Theory, EveryShape]
    public async Task Who_may_write_in_one_department_writes_there_and_nowhere_else(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var writer = await founder.AddMemberAsync("viewer");
        var (research, sales) = (await founder.MakeDepartmentAsync("Research"), await founder.MakeDepartmentAsync("Sales"));
        await founder.GrantAsync(writer, (await founder.MakeRoleAsync("writer", ["documents.*", "chat.*"])).Id, research.Id);
        var (theirs, elsewhere) = (await writer.MakeDocumentAsync("theirs", research.Id), await founder.MakeDocumentAsync("elsewhere", sales.Id));
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Sales", DepartmentId = sales.Id }, Stop)).Value;
        await founder.SayAsync(thread.Id, "Among us");
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        foreach (var (method, path, body) in new (HttpMethod, string, string?)[]
        {
            (HttpMethod.Post, "api/documents", $$"""{"title":"x","department_id":"{{sales.Id}}"}"""),
            (HttpMethod.Post, "api/documents", """{"title":"x"}"""),
            (HttpMethod.Put, $"api/documents/{elsewhere.Id}", """{"title":"x"}"""),
            (HttpMethod.Put, $"api/documents/{theirs.Id}", $$"""{"department_id":"{{sales.Id}}"}"""),
            (HttpMethod.Delete, $"api/documents/{elsewhere.Id}", null),
            (HttpMethod.Post, "api/chat/threads", """{"name":"x"}"""),
            (HttpMethod.Post, $"api/chat/threads/{thread.Id}/messages", """{"content":"x"}"""),
            (HttpMethod.Put, $"api/chat/threads/{thread.Id}", """{"name":"x"}"""),
            (HttpMethod.Post, $"api/chat/threads/{thread.Id}/participants/{writer.Id}", null),
        })
        {
            using var answer = await writer.SendAsync(method, path, body is null ? null : Answer.Json(body));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} answered {answer.StatusCode}");
            await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        }
        using (var form = new MultipartFormDataContent { { new StringContent("x"), "file", "x.txt" } })
        using (var upload = await writer.SendAsync(HttpMethod.Post, $"api/documents/{elsewhere.Id}/upload", form))
            await upload.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        Assert.Equal(10, (await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PermissionDenied)).Count(e => e.Metadata!["because"] is not null));

        await writer.Client.Documents.UpdateAsync(theirs.Id, new UpdateDocumentRequest { Title = "Mine" }, stop: Stop);
        var own = (await writer.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Research", DepartmentId = research.Id }, Stop)).Value;
        await writer.SayAsync(own.Id, "Here we may");
        await writer.Client.Documents.DeleteAsync(theirs.Id, stop: Stop);
    }

    [Theory, EveryShape]
    public async Task A_departments_thread_is_read_and_heard_by_its_readers_alone(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (inside, outside) = (await founder.AddMemberAsync("auditor"), await founder.AddMemberAsync("auditor"));
        var (research, sales) = (await founder.MakeDepartmentAsync("Research"), await founder.MakeDepartmentAsync("Sales"));
        var talker = await founder.MakeRoleAsync("talker", ["chat.*"]);
        await founder.GrantAsync(inside, talker.Id, research.Id);
        await founder.GrantAsync(outside, talker.Id, sales.Id);
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Research", DepartmentId = research.Id }, Stop)).Value;
        var theirs = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Sales", DepartmentId = sales.Id }, Stop)).Value;
        using var hears = await RawSocket.OpenAsync(server, inside, null);
        using var hearsNot = await RawSocket.OpenAsync(server, outside, null);

        await founder.SayAsync(thread.Id, "For research");
        await founder.SayAsync(theirs.Id, "For sales");

        Assert.Equal((ChatFrameTypes.Message, (Guid?)thread.Id), await TypeAsync(hears));
        // Each hears one message: had the other's come too, it would have come first.
        Assert.Equal((ChatFrameTypes.Message, (Guid?)theirs.Id), await TypeAsync(hearsNot));
        Assert.Equal([thread.Id], (await inside.Client.Chat.ListThreadsAsync(stop: Stop)).Items.Select(t => t.Id));
        using var hidden = await outside.SendAsync(HttpMethod.Get, $"api/chat/threads/{thread.Id}/messages");
        await hidden.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);

        // Moved, it is another's at once.
        await founder.Client.Chat.UpdateThreadAsync(thread.Id, new UpdateThreadRequest { DepartmentId = sales.Id }, stop: Stop);
        await founder.SayAsync(thread.Id, "For sales now");
        Assert.Equal((ChatFrameTypes.Message, (Guid?)thread.Id), await TypeAsync(hearsNot));
        using var gone = await inside.SendAsync(HttpMethod.Get, $"api/chat/threads/{thread.Id}");
        await gone.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
    }

    [Theory, EveryShape]
    public async Task A_departments_members_have_its_default_role_in_it_while_they_belong_to_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var analyst = await founder.AddMemberAsync("auditor");
        var research = await founder.MakeDepartmentAsync("Research", defaultRole: await founder.RoleIdAsync("member"));
        var document = await founder.MakeDocumentAsync("research", research.Id);

        await founder.Client.Access.Departments.AddMemberAsync(research.Id, analyst.Id, Stop);

        Assert.Equal(("research", 1), await analyst.SeesAsync());
        await analyst.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "changed" }, stop: Stop);
        Assert.Equal([(RoleSource.Membership, "auditor", null), (RoleSource.Department, "member", "Research")],
            (await analyst.Client.Access.ListUserRolesAsync(analyst.Id, stop: Stop)).Items.Select(held => (held.Source, held.Role, held.Department)));
        Assert.Equal([analyst.Id], (await founder.Client.Access.Departments.ListMembersAsync(research.Id, stop: Stop)).Items.Select(m => m.UserId));
        Assert.Equal(1, (await founder.Client.Access.Departments.GetAsync(research.Id, Stop)).Value.MemberCount);

        await founder.Client.Access.Departments.RemoveMemberAsync(research.Id, analyst.Id, Stop);
        using var refused = await analyst.SendAsync(HttpMethod.Get, "api/documents");
        await refused.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
    }

    [Theory, EveryShape]
    public async Task Departments_form_a_tree_without_cycles_and_go_only_when_empty(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var (top, foreign) = (await founder.MakeDepartmentAsync("Top"), await other.MakeDepartmentAsync("Foreign"));
        var middle = await founder.MakeDepartmentAsync("Middle", parent: top.Id);
        var leaf = await founder.MakeDepartmentAsync("Leaf", parent: middle.Id);
        var document = await founder.MakeDocumentAsync("kept", leaf.Id);
        var tree = await founder.Client.Access.Departments.TreeAsync(Stop);
        Assert.Equal("Top/Middle/Leaf", $"{tree[0].Department.Name}/{tree[0].Children[0].Department.Name}/{tree[0].Children[0].Children[0].Department.Name}");
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        foreach (var (method, path, body, code) in new (HttpMethod, string, string?, string)[]
        {
            (HttpMethod.Put, $"{top.Id}", $$"""{"parent_department_id":"{{leaf.Id}}"}""", ErrorCodes.DepartmentCycle),
            (HttpMethod.Put, $"{top.Id}", $$"""{"parent_department_id":"{{top.Id}}"}""", ErrorCodes.DepartmentCycle),
            (HttpMethod.Put, $"{top.Id}", $$"""{"parent_department_id":"{{foreign.Id}}"}""", ErrorCodes.DepartmentUnknown),
            (HttpMethod.Put, $"{top.Id}", """{"name":"Leaf"}""", ErrorCodes.DepartmentNameTaken),
            (HttpMethod.Put, $"{top.Id}", $$"""{"default_role_id":"{{Guid.CreateVersion7()}}"}""", ErrorCodes.RoleUnknown),
            (HttpMethod.Post, "", $$"""{"name":"New","parent_department_id":"{{foreign.Id}}"}""", ErrorCodes.DepartmentUnknown),
            (HttpMethod.Delete, $"{top.Id}", null, ErrorCodes.DepartmentInUse),
            (HttpMethod.Delete, $"{leaf.Id}", null, ErrorCodes.DepartmentInUse),
        })
        {
            using var answer = await founder.SendAsync(method, $"api/rbac/departments/{path}", body is null ? null : Answer.Json(body));
            await answer.IsProblemAsync(HttpStatusCode.Conflict, code);
        }
        using (var foreignDocument = await founder.SendAsync(HttpMethod.Post, "api/documents", Answer.Json($$"""{"title":"x","department_id":"{{foreign.Id}}"}""")))
            await foreignDocument.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.DepartmentUnknown);
        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));

        await founder.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { DepartmentId = middle.Id }, stop: Stop);
        await founder.Client.Access.Departments.DeleteAsync(leaf.Id, stop: Stop);
        Assert.Equal(["Middle", "Top"], (await founder.Client.Access.Departments.ListAsync(stop: Stop)).Items.Select(d => d.Name));
    }

    private static async Task<(string, Guid?)> TypeAsync(RawSocket socket)
    {
        var frame = (await socket.ReadAsync())!;
        return (frame.Type, frame.ThreadId);
    }

    private static async Task UploadAsync(Person author, string title, Guid? department)
    {
        using var content = new MemoryStream("What is governed here."u8.ToArray());
        var upload = await author.Client.Documents.UploadAsync(content, "text.txt", new UploadFields { Title = title, SensitivityLevel = SensitivityLevel.Internal, DepartmentId = department }, Stop);
        await author.UntilSettledAsync(upload.DocumentId);
    }
}
