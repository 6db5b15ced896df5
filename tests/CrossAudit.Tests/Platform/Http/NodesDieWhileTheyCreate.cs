using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http.Idempotency;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Platform.Http;

/// <summary>What a retry finds of a creation whose answer nobody has kept.</summary>
public sealed class NodesDieWhileTheyCreate(ServerSet servers)
{
    private const string NewDocument = """{"title":"A"}""";

    [Theory, EveryShape]
    public async Task What_was_made_is_not_made_again_although_its_answer_is_lost(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        using var made = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        // The node died between the commit and the answer.
        await ForgetAnswersAsync(server, founder, TimeSpan.FromSeconds(-1));

        using var retried = await founder.CreateOnceAsync("api/documents", NewDocument, "one");

        await retried.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.IdempotencyAnswerLost);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentCreated));
    }

    [Theory, EveryShape]
    public async Task What_was_not_made_is_made_once_its_lease_is_over(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await LeaveClaimAsync(server, founder, TimeSpan.FromMinutes(1));
        using var early = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        await early.IsProblemAsync(HttpStatusCode.Conflict, ErrorCodes.IdempotencyInFlight);

        await ForgetAnswersAsync(server, founder, TimeSpan.FromSeconds(-1));
        using var made = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        using var again = await founder.CreateOnceAsync("api/documents", NewDocument, "one");

        Assert.Equal((HttpStatusCode.Created, "true"), (made.StatusCode, again.Header("Idempotency-Replayed")));
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentCreated));
    }

    [Theory, EveryShape]
    public async Task Two_who_both_believe_to_hold_a_claim_make_it_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        using var made = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        var claim = Assert.Single(await Stored.AllAsync<IdempotencyClaim>(server), claim => claim.OrganizationId == founder.OrganizationId);
        await using var scope = server.Services.CreateAsyncScope();
        var data = scope.ServiceProvider.GetRequiredService<DataScope>();
        data.OrganizationId = founder.OrganizationId;
        data.Effect = new IdempotencyEffect { ClaimId = claim.Id, OrganizationId = founder.OrganizationId };
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var now = TimeProvider.System.GetUtcNow();

        db.Add(new Document { Id = Guid.CreateVersion7(now), OrganizationId = founder.OrganizationId, Title = "B", DocumentType = "general", SensitivityLevel = default, CreatedBy = founder.Id, LastModifiedBy = founder.Id, CreatedAt = now, UpdatedAt = now });

        Assert.False(await db.TrySaveAsync(TestContext.Current.CancellationToken));
        Assert.Single(await Stored.AllAsync<Document>(server), document => document.OrganizationId == founder.OrganizationId);
    }

    [Theory, EveryShape]
    public async Task After_a_day_a_key_is_new_and_what_it_left_is_swept(Shape shape)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(clock));
        var founder = await Person.FounderAsync(server);
        using var first = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        await server.ReadAsync(db => db.Set<IdempotencyClaim>().IgnoreQueryFilters().ExecuteUpdateAsync(set => set.SetProperty(c => c.CreatedAt, clock.GetUtcNow().AddHours(-25)), TestContext.Current.CancellationToken));

        using var second = await founder.CreateOnceAsync("api/documents", NewDocument, "one");
        Assert.Equal((HttpStatusCode.Created, null), (second.StatusCode, second.Header("Idempotency-Replayed")));
        Assert.NotEqual(first.Header("Location"), second.Header("Location"));

        clock.Advance(TimeSpan.FromHours(25));
        await Eventually.HoldsAsync(
            async () => (await Stored.AllAsync<IdempotencyClaim>(server)).Count + (await Stored.AllAsync<IdempotencyEffect>(server)).Count == 0, TimeSpan.FromSeconds(20), "The sweep");
    }

    [Theory, EveryShape]
    public async Task An_upload_is_known_again_whatever_its_boundary_is(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var content = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 40_000).Select(i => $"Line {i} of a text that takes many reads.")));

        using var made = await founder.UploadOnceAsync(content, "A", "one");
        using var again = await founder.UploadOnceAsync(content, "A", "one");
        using var otherField = await founder.UploadOnceAsync(content, "B", "one");
        using var otherFile = await founder.UploadOnceAsync(content[1..], "A", "one");

        Assert.Equal((HttpStatusCode.Created, "true"), (made.StatusCode, again.Header("Idempotency-Replayed")));
        Assert.Equal(await made.TextAsync(), await again.TextAsync());
        await otherField.IsProblemAsync(HttpStatusCode.UnprocessableEntity, ErrorCodes.IdempotencyKeyReused);
        await otherFile.IsProblemAsync(HttpStatusCode.UnprocessableEntity, ErrorCodes.IdempotencyKeyReused);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentVersionAdded));
    }

    private static Task ForgetAnswersAsync(RunningServer server, Person person, TimeSpan lease)
    {
        var leaseEndsAt = TimeProvider.System.GetUtcNow() + lease;
        return server.ReadAsync(db => db.Set<IdempotencyClaim>().IgnoreQueryFilters().Where(c => c.OrganizationId == person.OrganizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Answer, (byte[]?)null).SetProperty(c => c.Fingerprint, (byte[]?)null).SetProperty(c => c.LeaseEndsAt, leaseEndsAt), TestContext.Current.CancellationToken));
    }

    private static Task LeaveClaimAsync(RunningServer server, Person person, TimeSpan lease)
    {
        var now = TimeProvider.System.GetUtcNow();
        return server.ReadAsync(async db =>
        {
            db.Add(new IdempotencyClaim { Id = Guid.CreateVersion7(now), OrganizationId = person.OrganizationId, UserId = person.Id, Route = "/api/documents", Key = "one", CreatedAt = now, LeaseEndsAt = now + lease });
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
    }
}
