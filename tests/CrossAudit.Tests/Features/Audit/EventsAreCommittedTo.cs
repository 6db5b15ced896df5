using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Chat;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>What is kept of an event holds together, and it is kept with the change it records or not at all.</summary>
public sealed class EventsAreCommittedTo(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task An_entry_says_what_its_row_says_and_commits_to_the_personal_part(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("A heron stands.", title: "Naïve \"title\" \\ \u0001 \u2028 🦅");
        await founder.Client.Documents.UpdateAsync(document.Id, new UpdateDocumentRequest { Title = "ﬁ é e\u0301", Tags = ["b", "a"] }, stop: Stop);
        await founder.Client.Documents.SearchAsync("1e3 -0.1 heron", Stop);

        var events = await EventsAsync(server, founder);
        Assert.True(events.Count >= 6);
        foreach (var e in events)
        {
            var details = new JsonObject { ["user_agent"] = e.UserAgent, ["metadata"] = e.Metadata?.DeepClone(), ["ip_address"] = e.IpAddress, ["changes"] = e.Changes?.DeepClone(), ["actor_label"] = e.ActorLabel };
            Assert.Equal(32, e.Salt!.Length);
            Assert.Equal((e.Action, Convert.ToHexString(SHA256.HashData([.. e.Salt, .. CanonicalJsonWriter.Canonicalize(details)]))), (e.Action, Convert.ToHexString(e.DetailsHash)));
            var entry = new JsonObject
            {
                ["id"] = e.Id.ToString(),
                ["organization_id"] = e.OrganizationId?.ToString(),
                ["actor_user_id"] = e.ActorUserId?.ToString(),
                ["actor_type"] = e.ActorType,
                ["action"] = e.Action,
                ["resource_type"] = e.ResourceType,
                ["resource_id"] = e.ResourceId,
                ["target_user_id"] = e.TargetUserId?.ToString(),
                ["session_id"] = e.SessionId?.ToString(),
                ["correlation_id"] = e.CorrelationId,
                ["severity"] = e.Severity,
                ["outcome"] = e.Outcome,
                ["created_at"] = TimestampConverter.ToText(e.CreatedAt),
                ["details_hash"] = Convert.ToBase64String(e.DetailsHash),
            };
            Assert.Equal(Encoding.UTF8.GetString(CanonicalJsonWriter.Canonicalize(entry)), e.Entry);
        }
        Assert.Equal(events.Count, events.Select(e => Convert.ToHexString(e.Salt!)).Distinct().Count());
    }

    [Theory, EveryShape]
    public async Task A_unit_of_work_that_fails_leaves_neither_change_nor_event(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var taken = await founder.UploadTextAsync("A heron stands.");
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => SaveAsync(server, founder, taken.Id, rename: null));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => SaveAsync(server, founder, taken.Id, rename: taken.Id));

        Assert.Equal(before, await StoredRows.OfAsync(server, founder.OrganizationId));
        Assert.Equal("A text", (await founder.Client.Documents.GetAsync(taken.Id, Stop)).Value.Title);
    }

    [Theory, EveryShape]
    public async Task One_duplicate_among_many_saves_at_once_fails_alone(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var taken = await founder.UploadTextAsync("A heron stands.");
        var before = await StoredRows.OfAsync(server, founder.OrganizationId);

        var saves = Enumerable.Range(0, 200).Select(n => (Number: n, Save: SaveAsync(server, founder, n % 50 == 25 ? taken.Id : Guid.CreateVersion7(), rename: null))).ToList();
        await Task.WhenAll(saves.Select(s => s.Save)).ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.All(saves, s => Assert.Equal((s.Number, s.Number % 50 == 25), (s.Number, s.Save.IsFaulted)));
        var after = await StoredRows.OfAsync(server, founder.OrganizationId);
        Assert.Equal(before with { Documents = before.Documents + 196, Events = before.Events + 196 }, after);
        var events = await EventsAsync(server, founder);
        var created = events.Where(e => e.Action == AuditActions.DocumentCreated).Select(e => Guid.Parse(e.ResourceId!)).ToHashSet();
        Assert.Equal(197, created.Count);
        Assert.Equal(created, [.. await server.ReadAsync(db => db.Set<Document>().IgnoreQueryFilters().Where(d => d.OrganizationId == founder.OrganizationId).Select(d => d.Id).ToListAsync(Stop))]);
    }

    [Theory, EveryShape]
    public async Task A_refused_message_leaves_no_gap_among_those_sent_with_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (thread, other) = (await Chat.Chatting.OpenThreadAsync(founder), await Chat.Chatting.OpenThreadAsync(founder));

        // Each name is sent four times at once, to both threads: three of four lose at the database.
        await Task.WhenAll(Enumerable.Range(0, 120).Select(n => Chat.Chatting.SayAsync(founder, n % 2 == 0 ? thread.Id : other.Id, "Hello", $"name-{n / 8}")));

        foreach (var id in new[] { thread.Id, other.Id })
        {
            var numbers = await server.ReadAsync(db => db.Set<Message>().IgnoreQueryFilters().Where(m => m.ThreadId == id).OrderBy(m => m.SequenceNumber).Select(m => m.SequenceNumber).ToListAsync(Stop));
            Assert.Equal(Enumerable.Range(1, 15).Select(n => (long)n), numbers);
        }
        Assert.Equal(30, (await EventsAsync(server, founder)).Count(e => e.Action == AuditActions.MessageSent));
    }

    /// <summary>Adds a document with this id, and its event; renames another in the same unit of work, if asked to.</summary>
    private static async Task SaveAsync(RunningServer server, Person person, Guid id, Guid? rename)
    {
        var actor = Actor.System(person.OrganizationId) with { UserId = person.Id };
        await using var scope = server.Services.GetRequiredService<ActorScopes>().Begin(actor);
        var (db, audit, now) = (scope.ServiceProvider.GetRequiredService<AppDbContext>(), scope.ServiceProvider.GetRequiredService<AuditTrail>(), TimeProvider.System.GetUtcNow());
        if (rename is not null)
            (await db.Set<Document>().SingleAsync(d => d.Id == rename, Stop)).Title = "Half done";
        var document = new Document { Id = id, OrganizationId = person.OrganizationId, Title = "Added", DocumentType = "general", SensitivityLevel = SensitivityLevel.Internal, CreatedBy = person.Id, LastModifiedBy = person.Id, CreatedAt = now, UpdatedAt = now };
        if (rename is null)
            db.Add(document);
        else
            db.Add(new DocumentVersion { Id = Guid.CreateVersion7(), OrganizationId = person.OrganizationId, DocumentId = id, Number = 1, Title = "Twice", Filename = "a", ContentHash = "a", BlobId = (await db.Set<StoredBlob>().FirstAsync(Stop)).Id, FileSize = 1, MimeType = "a", ChangeType = "a", CreatedBy = person.Id, CreatedAt = now });
        audit.Record(DocumentAudit.Created(document));
        await db.SaveChangesAsync(Stop);
    }

    private static Task<List<AuditEvent>> EventsAsync(RunningServer server, Person person) =>
        server.ReadAsync(db => db.Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking().Where(e => e.OrganizationId == person.OrganizationId).OrderBy(e => e.Id).ToListAsync(Stop));
}
