using System.Text;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Tests.Core.Auditing.Tree;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Every committed event gets its place in a signed tree, and can be proved to anybody.</summary>
public sealed class EventsAreSealed(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Events_are_numbered_without_gaps_and_their_tree_is_the_one_that_is_signed(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(n => founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = $"Number {n}" }, stop: Stop)));

        var view = await founder.UntilSealedAsync();

        var events = await SealedAsync(founder);
        Assert.Equal(Enumerable.Range(0, events.Count).Select(n => (long?)n), events.Select(e => e.Sequence));
        Assert.True(view.TreeSize > 300 && view.TreeSize <= events.Count, $"{view.TreeSize} of {events.Count}");
        var root = PlainTree.Root(events.Take((int)view.TreeSize).Select(e => PlainTree.Leaf(Encoding.UTF8.GetBytes(e.Entry))).ToArray());
        Assert.Equal(view.RootHash, Convert.ToBase64String(root));
        Assert.EndsWith($"/{founder.OrganizationId}\n{view.TreeSize}\n{view.RootHash}\n", SignedNote.Verify(view.Checkpoint, view.PublicKey), StringComparison.Ordinal);
        Assert.Null(SignedNote.Verify(view.Checkpoint.Replace($"\n{view.TreeSize}\n", $"\n{view.TreeSize + 1}\n", StringComparison.Ordinal), view.PublicKey));
    }

    [Theory, EveryShape]
    public async Task An_event_is_proved_with_all_that_it_says(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var document = await founder.UploadTextAsync("A heron stands.", SensitivityLevel.Restricted, "Secret title");
        await founder.UntilSealedAsync();
        var created = (await founder.Client.Audit.ListAsync(new() { Action = AuditActions.DocumentCreated, ResourceId = document.Id.ToString() }, stop: Stop)).Items.Single();

        var proof = await founder.Client.Audit.GetProofAsync(created.Id, Stop);

        var (entry, checkpoint) = (Convert.FromBase64String(proof.Entry), Checkpoint.Parse(SignedNote.Verify(proof.Checkpoint, proof.PublicKey)!));
        Assert.Equal((created.Sequence, proof.TreeSize), (proof.LogIndex, checkpoint.Size));
        Assert.Equal(PlainTree.Leaf(entry), Convert.FromBase64String(proof.LeafHash));
        Assert.True(ProofVerification.Includes(proof.LogIndex, checkpoint.Size, PlainTree.Leaf(entry), [.. proof.Hashes.Select(Convert.FromBase64String)], checkpoint.Root));
        var said = JsonNode.Parse(entry)!;
        Assert.Equal((created.Action, created.Id.ToString(), created.ActorUserId.ToString()), ((string?)said["action"], (string?)said["id"], (string?)said["actor_user_id"]));
        Assert.Equal((string?)said["details_hash"], Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData([.. Convert.FromBase64String(proof.Salt!), .. CanonicalJsonWriter.Canonicalize(proof.Details)])));
        Assert.Equal("Secret title", (string?)proof.Details!["metadata"]!["title"]);
    }

    [Theory, EveryShape]
    public async Task Whoever_may_not_see_the_details_gets_a_proof_without_them(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var auditor = await founder.AddMemberAsync("auditor");
        var document = await founder.UploadTextAsync("A heron stands.", SensitivityLevel.Restricted, "Secret title");
        await founder.UntilSealedAsync();
        var created = (await founder.Client.Audit.ListAsync(new() { Action = AuditActions.DocumentCreated, ResourceId = document.Id.ToString() }, stop: Stop)).Items.Single();

        var proof = await auditor.Client.Audit.GetProofAsync(created.Id, Stop);

        Assert.Equal((true, null, null), (proof.DetailsWithheld, proof.Salt, proof.Details));
        Assert.DoesNotContain("Secret title", proof.AsJson(), StringComparison.Ordinal);
        Assert.NotEmpty(proof.Entry);
    }

    [Theory, EveryShape]
    public async Task A_checkpoint_that_was_kept_is_proved_to_be_the_beginning_of_the_log_of_now(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var kept = Checkpoint.Parse((await founder.UntilSealedAsync()).Checkpoint);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = $"Number {n}" }, stop: Stop)));
        var now = Checkpoint.Parse((await founder.UntilSealedAsync()).Checkpoint);

        var proof = await founder.Client.Audit.GetConsistencyAsync(kept.Size, now.Size, Stop);

        Assert.True(ProofVerification.IsConsistent(kept.Size, now.Size, kept.Root, now.Root, [.. proof.Hashes.Select(Convert.FromBase64String)]));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Audit.GetConsistencyAsync(0, now.Size + 1_000_000, Stop));
        await server.RefusesAsync(founder, 400, ErrorCodes.RequestInvalid, () => founder.Client.Audit.GetConsistencyAsync(now.Size, 1, Stop));
    }

    [Theory, EveryShape]
    public async Task Tiles_are_the_leaves_of_the_log(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(n => founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = $"Number {n}" }, stop: Stop)));
        await founder.UntilSealedAsync();
        var leaves = (await SealedAsync(founder)).ConvertAll(e => PlainTree.Leaf(Encoding.UTF8.GetBytes(e.Entry)));

        Assert.Equal(leaves.Take(256).SelectMany(hash => hash), await TileAsync(founder, "0/000"));
        Assert.Equal(leaves.Take(7).SelectMany(hash => hash), await TileAsync(founder, "0/000.p/7"));
        Assert.Equal(leaves.Skip(256).Take(40).SelectMany(hash => hash), await TileAsync(founder, "0/001.p/40"));
        Assert.Equal(PlainTree.Root(leaves.Take(256).ToArray()), await TileAsync(founder, "1/000.p/1"));
        foreach (var none in new[] { "0/001", "0/002", "1/000", "0/x001/000", "0/0", "0/000.p/0", "0/000.p/256", "64/000", "x", "0/x000/000", "-1/000", "00/000" })
            await server.RefusesAsync(founder, 404, ErrorCodes.NotFound, () => TileAsync(founder, none));
    }

    [Theory, EveryShape]
    public async Task The_whole_trail_is_verified_and_that_is_an_event(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await founder.UploadTextAsync("A heron stands.");
        var checkpoint = await founder.UntilSealedAsync();

        var found = await founder.Client.Audit.VerifyAsync(Stop);

        Assert.Empty(found.Problems);
        Assert.True(found.Holds);
        Assert.True(found.TreeSize >= checkpoint.TreeSize && found.CheckedEvents == found.TreeSize, found.AsJson());
        Assert.Contains((await founder.Client.Audit.ListAsync(stop: Stop)).Items, e => e is { Action: AuditActions.AuditVerified, Outcome: "success" });
        using var lines = await founder.AskAsync(HttpMethod.Post, "api/audit/verify", null, ("Accept", "application/x-ndjson"));
        var text = (await lines.Content.ReadAsStringAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True((bool)JsonNode.Parse(text[^1])!["holds"]!);
        Assert.NotNull(JsonNode.Parse(text[0])!["checked"]);
    }

    [Fact]
    public async Task Two_nodes_that_seal_at_once_make_one_log()
    {
        var settings = await servers.FullShapeAsync();
        await using var first = await RunningServer.StartAsync(settings);
        await using var second = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(first);
        var there = founder.On(second);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(n => (n % 2 == 0 ? founder.Client : there).Documents.CreateAsync(new CreateDocumentRequest { Title = $"Number {n}" }, stop: Stop)));

        await founder.UntilSealedAsync();

        Assert.Empty((await there.Audit.VerifyAsync(Stop)).Problems);
        var events = await SealedAsync(founder);
        Assert.Equal(Enumerable.Range(0, events.Count).Select(n => (long?)n), events.Select(e => e.Sequence));
    }

    private static async Task<byte[]> TileAsync(Person person, string path)
    {
        await using var tile = await person.Client.Audit.GetTileAsync(path, Stop);
        using var bytes = new MemoryStream();
        await tile.Content.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }

    private static Task<List<AuditEvent>> SealedAsync(Person person) => person.Server.ReadAsync(db =>
        db.Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking().Where(e => e.OrganizationId == person.OrganizationId && e.Sequence != null).OrderBy(e => e.Sequence).ToListAsync(Stop));
}
