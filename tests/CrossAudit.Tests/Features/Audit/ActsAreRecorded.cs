using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Chat;
using CrossAudit.Tests.Features.Documents;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Each act is recorded: by whom, on what, from where, and what it changed.</summary>
public sealed class ActsAreRecorded(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Every_act_of_the_main_path_leaves_its_event(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var member = await founder.AddMemberAsync("manager");
        var document = await member.UploadTextAsync("A heron stands.");
        await member.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "Renamed", Description = "New" }, stop: Stop);
        await member.UploadVersionAsync(document.Id, "A heron stands still.", Stop);
        await member.UntilSettledAsync(document.Id);
        (await member.Client.Documents.DownloadAsync(document.Id, stop: Stop)).Dispose();
        await member.Client.Documents.SearchAsync("heron", Stop);
        await member.Client.Documents.DeleteAsync(document.Id, stop: Stop);
        await member.Client.Documents.RestoreAsync(document.Id, Stop);
        var thread = await member.OpenThreadAsync();
        await member.Client.Chat.AddParticipantAsync(thread.Id, founder.Id, Stop);
        var message = await member.SayAsync(thread.Id, "Hello");
        await member.Client.Chat.EditAsync(message.Id, "Hello, all", stop: Stop);
        await member.Client.Chat.DeleteAsync(message.Id, stop: Stop);

        var trail = await AllAsync(founder, new AuditFilter { ActorUserId = member.Id });
        var expected = new (string Action, string Type, Guid? Resource, int Times)[]
        {
            (AuditActions.LoginSucceeded, "user", member.Id, 1),
            (AuditActions.DocumentCreated, "document", document.Id, 1), (AuditActions.DocumentVersionAdded, "document", document.Id, 2),
            (AuditActions.DocumentUpdated, "document", document.Id, 1), (AuditActions.DocumentDownloaded, "document", document.Id, 1),
            (AuditActions.DocumentSearched, "document", null, 1), (AuditActions.DocumentDeleted, "document", document.Id, 1),
            (AuditActions.DocumentRestored, "document", document.Id, 1), (AuditActions.ThreadCreated, "thread", thread.Id, 1),
            (AuditActions.ParticipantAdded, "thread", thread.Id, 1), (AuditActions.MessageSent, "message", message.Id, 1),
            (AuditActions.MessageEdited, "message", message.Id, 1), (AuditActions.MessageDeleted, "message", message.Id, 1),
        };
        foreach (var (action, type, resource, times) in expected)
            Assert.Equal((action, times), (action, trail.Count(e => e.Action == action && e.ResourceType == type && e.ResourceId == resource?.ToString())));
        Assert.Equal(expected.Sum(e => e.Times), trail.Count);
        Assert.All(trail, e => Assert.Equal((member.Email, "user", "127.0.0.1", "success", founder.OrganizationId), (e.ActorLabel, e.ActorType, e.IpAddress, e.Outcome, e.OrganizationId)));
        Assert.All(trail, e => Assert.Matches("^[0-9a-f]{32}$", e.CorrelationId));
        var updated = trail.Single(e => e.Action == AuditActions.DocumentUpdated).Changes!;
        Assert.Equal("""{"description":{"from":null,"to":"New"},"title":{"from":"A text","to":"Renamed"}}""", Sorted(updated));
        Assert.Equal(founder.Id, trail.Single(e => e.Action == AuditActions.ParticipantAdded).TargetUserId);
        Assert.DoesNotContain(trail, e => e.AsJson().Contains("Hello", StringComparison.Ordinal) || e.AsJson().Contains("stands", StringComparison.Ordinal));
        Assert.Equal(2, (await AllAsync(founder, new AuditFilter { ActorType = "system", Action = AuditActions.DocumentIndexed })).Count);
    }

    [Theory, EveryShape]
    public async Task An_event_carries_the_callers_own_ids(Shape shape)
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        using var answer = await founder.AskAsync(HttpMethod.Post, "api/documents", Refusals.Json("""{"title":"Traced"}"""), ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"), ("X-Request-Id", "mine-42"), ("User-Agent", "tests/1"));

        Assert.Equal((Trace, "mine-42"), (answer.Headers.GetValues("X-Trace-Id").Single(), answer.Headers.GetValues("X-Request-Id").Single()));
        var created = (await AllAsync(founder, new AuditFilter { CorrelationId = Trace })).Single();
        Assert.Equal((AuditActions.DocumentCreated, "mine-42", "tests/1", founder.Session.User.Id), (created.Action, (string?)created.Metadata!["request_id"], created.UserAgent, created.ActorUserId!.Value));
    }

    [Theory, EveryShape]
    public async Task Reading_the_trail_is_an_event_and_who_may_not_is_refused_and_recorded(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (viewer, auditor, stranger) = (await founder.AddMemberAsync("viewer"), await founder.AddMemberAsync("auditor"), await Person.FounderAsync(server));

        var first = (await auditor.Client.Audit.ListAsync(stop: Stop)).Items[0];
        await auditor.Client.Audit.GetAsync(first.Id, Stop);
        Assert.Equal(2, (await AllAsync(founder, new AuditFilter { Action = AuditActions.AuditRead, ActorUserId = auditor.Id })).Count);

        await server.RefusesAsync(founder, 403, ErrorCodes.PermissionDenied, () => viewer.Client.Audit.ListAsync(stop: Stop));
        await server.RefusesAsync(founder, 403, ErrorCodes.PermissionDenied, () => viewer.Client.Audit.GetAsync(first.Id, Stop));
        await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => stranger.Client.Audit.GetAsync(first.Id, Stop));
        var denied = await AllAsync(founder, new AuditFilter { Action = AuditActions.PermissionDenied, Outcome = "denied" });
        Assert.Equal(2, denied.Count);
        Assert.All(denied, e => Assert.Equal((viewer.Id, "warning", "audit.read", "GET"), (e.ActorUserId!.Value, e.Severity, (string?)e.Metadata!["permission"], (string?)e.Metadata["method"])));
    }

    [Theory, EveryShape]
    public async Task A_failed_sign_in_stands_in_the_organization_used_last(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var email = Person.NewEmail();
        foreach (var tried in new[] { member.Email, email })
        {
            var refused = await Assert.ThrowsAsync<CrossAuditException>(() => server.NewClient().Auth.LoginAsync(new LoginRequest { Email = tried, Password = "a wrong password" }, Stop));
            Assert.Equal((401, ErrorCodes.InvalidCredentials), (refused.Problem.Status, refused.Problem.Code));
        }

        var failed = (await AllAsync(founder, new AuditFilter { Action = AuditActions.LoginFailed })).Single();
        Assert.Equal((member.Id.ToString(), "failure", "anonymous", "127.0.0.1"), (failed.ResourceId, failed.Outcome, failed.ActorType, failed.IpAddress));
        var nobodys = await server.ReadAsync(db => db.Set<AuditEvent>().IgnoreQueryFilters().Where(e => e.Action == AuditActions.LoginFailed && e.OrganizationId == null).ToListAsync(Stop));
        Assert.Single(nobodys, e => (string?)e.Metadata!["email"] == email);
        Assert.DoesNotContain("wrong password", failed.AsJson(), StringComparison.Ordinal);
    }

    private static async Task<List<AuditLogView>> AllAsync(Person person, AuditFilter filter)
    {
        var events = new List<AuditLogView>();
        await foreach (var found in person.Client.Audit.WalkAsync(filter, stop: Stop))
            events.Add(found);
        return events;
    }

    private static string Sorted(System.Text.Json.Nodes.JsonObject json) => System.Text.Encoding.UTF8.GetString(CanonicalJsonWriter.Canonicalize(json));
}
