using System.Security.Cryptography;
using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Search.Postings;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Documents go when their time is over, and not before; what is left is a proof of what went.</summary>
public sealed class RetentionIsCarriedOut(ServerSet servers)
{
    private static readonly SetRetentionRequest TenDays = new() { RetentionPeriod = 10, AutoDelete = true };

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_document_goes_to_the_bin_then_for_good_and_leaves_a_certificate(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var gone = await founder.UploadTextAsync("A bittern hides in the reeds.", title: "Gone");
        await founder.UploadVersionAsync(gone.Id, "A bittern was seen.", Stop);
        await founder.UntilSettledAsync(gone.Id);
        var kept = await founder.UploadTextAsync("A bittern was seen.", title: "Kept");
        await founder.Client.Documents.SetRetentionAsync(gone.Id, TenDays, stop: Stop);

        await PassAsync(founder, 9);
        Assert.Equal(gone.Id, (await founder.Client.Documents.GetAsync(gone.Id, Stop)).Value.Id);
        await PassUntilAsync(founder, 2, async () => (await DocumentAsync(server, gone.Id))?.DeletedAt is not null);
        await PassAsync(founder, 28);
        Assert.NotNull(await DocumentAsync(server, gone.Id));
        await PassUntilAsync(founder, 3, async () => await DocumentAsync(server, gone.Id) is null);

        var disposal = Assert.Single((await founder.Client.Documents.ListDisposalsAsync(stop: Stop)).Items);
        Assert.Equal((gone.Id, "Gone", 2, "document", (Guid?)null), (disposal.DocumentId, disposal.Title, disposal.Versions, disposal.RetentionSource, disposal.DeletedBy));
        Assert.DoesNotContain(await Stored.AllAsync<Fragment>(server), f => f.DocumentId == gone.Id);
        Assert.DoesNotContain(await Stored.AllAsync<PostingBlock>(server), b => b.OrganizationId == founder.OrganizationId && b.Term == "reed");
        Assert.Equal(kept.Id, Assert.Single((await founder.Client.Documents.SearchAsync("bittern", Stop)).Items).Fragment.DocumentId);
        Assert.Equal("A bittern was seen."u8.ToArray(), await founder.ContentAsync(kept.Id));
        await PassUntilAsync(founder, 0, async () => (await Stored.AllAsync<StoredBlob>(server)).Count(b => b.OrganizationId == founder.OrganizationId) == 1);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.DocumentDisposed));
        await AssertProvesAsync(founder, disposal.Id, gone.Id);
    }

    [Theory, EveryShape]
    public async Task A_hold_keeps_what_is_due_also_in_the_bin_until_it_ends(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var held = await founder.UploadTextAsync("Held.");
        var binned = await founder.UploadTextAsync("Held in the bin.");
        foreach (var id in new[] { held.Id, binned.Id })
            await founder.Client.Documents.SetRetentionAsync(id, TenDays, stop: Stop);
        await founder.Client.Documents.DeleteAsync(binned.Id, stop: Stop);
        foreach (var id in new[] { held.Id, binned.Id })
            await founder.Client.Documents.SetLegalHoldAsync(id, new SetLegalHoldRequest { LegalHold = true, Reason = "Matter 1" }, stop: Stop);
        var control = await founder.UploadTextAsync("Not held.");
        await founder.Client.Documents.SetRetentionAsync(control.Id, TenDays, stop: Stop);

        // Its days in the bin are counted from when it came there.
        await PassUntilAsync(founder, 11, async () => (await DocumentAsync(server, control.Id))?.DeletedAt is not null);
        await PassUntilAsync(founder, 31, async () => await DocumentAsync(server, control.Id) is null);

        Assert.Null((await DocumentAsync(server, held.Id))!.DeletedAt);
        Assert.NotNull(await DocumentAsync(server, binned.Id));
        await founder.Client.Documents.SetLegalHoldAsync(binned.Id, new SetLegalHoldRequest { LegalHold = false, Reason = "Closed" }, stop: Stop);
        await PassUntilAsync(founder, 2, async () => await DocumentAsync(server, binned.Id) is null);
        Assert.NotNull(await DocumentAsync(server, held.Id));
    }

    [Theory, EveryShape]
    public async Task What_somebody_deletes_stays_in_the_bin_as_long_as_it_has_to_be_kept(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("Kept for a hundred days.");
        await founder.Client.Documents.SetRetentionAsync(document.Id, new SetRetentionRequest { RetentionPeriod = 100 }, stop: Stop);
        await founder.Client.Documents.DeleteAsync(document.Id, stop: Stop);

        await PassAsync(founder, 99);
        Assert.NotNull(await DocumentAsync(server, document.Id));
        await PassUntilAsync(founder, 3, async () => await DocumentAsync(server, document.Id) is null);
        Assert.Equal(founder.Id, Assert.Single((await founder.Client.Documents.ListDisposalsAsync(stop: Stop)).Items).DeletedBy);
    }

    [Theory, EveryShape]
    public async Task The_rule_of_a_type_comes_before_that_of_a_label_and_both_before_the_organizations(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var (plain, memo, own) = (await CreateAsync(founder, "note"), await CreateAsync(founder, "memo"), await CreateAsync(founder, "memo"));
        await founder.Client.Documents.SetRetentionAsync(own, new SetRetentionRequest { RetentionPeriod = 7 }, stop: Stop);
        Assert.Equal(("organization", 2555), await PolicyAsync(founder, plain));

        await founder.Client.Organizations.UpdateSettingsAsync(founder.OrganizationId, new UpdateSettingsRequest
        {
            RetentionRules = [new RetentionRule { DocumentType = "memo", RetentionPeriod = 30, AutoDelete = true }, new RetentionRule { SensitivityLevel = SensitivityLevel.Internal, RetentionPeriod = 60 }],
        }, stop: Stop);

        Assert.Equal(("sensitivity_level", 60), await PolicyAsync(founder, plain));
        Assert.Equal(("document_type", 30), await PolicyAsync(founder, memo));
        Assert.Equal(("document", 7), await PolicyAsync(founder, own));
        Assert.Equal(("document_type", 30), await PolicyAsync(founder, await CreateAsync(founder, "memo")));
        await founder.Client.Documents.UpdateAsync(memo, new UpdateDocumentRequest { DocumentType = "note", SensitivityLevel = SensitivityLevel.Restricted }, stop: Stop);
        Assert.Equal(("organization", 2555), await PolicyAsync(founder, memo));
        await founder.Client.Documents.SetRetentionAsync(own, new SetRetentionRequest { Inherit = true }, stop: Stop);
        Assert.Equal(("document_type", 30), await PolicyAsync(founder, own));

        var planned = (await founder.Client.Documents.PreviewRetentionAsync(new RetentionPreviewRequest(), Stop)).Items;
        Assert.Equal(2, planned.Count);
        Assert.All(planned, p => Assert.Equal(("bin", "document_type", 30), (p.Next, p.RetentionSource, p.RetentionPolicy.RetentionPeriod)));
        var document = (await founder.Client.Documents.GetAsync(own, Stop)).Value;
        Assert.Equal(document.CreatedAt.AddDays(30), document.RetainedUntil);
        Assert.Contains(planned, p => p.DocumentId == own && p.DueAt == document.RetainedUntil);
    }

    private static async Task AssertProvesAsync(Person person, Guid disposal, Guid document)
    {
        var certificate = await person.Client.Documents.GetDisposalAsync(disposal, Stop);
        var text = SignedNote.Verify(certificate.Certificate, certificate.PublicKey);
        Assert.NotNull(text);
        var proof = JsonElement.Parse(text);
        Assert.Equal(document, proof.GetProperty("document").GetProperty("id").GetGuid());
        Assert.Equal(
            [Sha256("A bittern hides in the reeds."u8), Sha256("A bittern was seen."u8)],
            proof.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("content_hash").GetString()));
        for (var i = 0; i < text.Length; i += 7)
            Assert.Null(SignedNote.Verify(certificate.Certificate[..i] + (char)(certificate.Certificate[i] ^ 1) + certificate.Certificate[(i + 1)..], certificate.PublicKey));
    }

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private Task<RunningServer> StartAsync(Shape shape) => servers.StartAsync(shape, configure: services => services.AddSingleton<TimeProvider>(_clock));

    private static async Task<Document?> DocumentAsync(RunningServer server, Guid id) => (await Stored.AllAsync<Document>(server)).SingleOrDefault(d => d.Id == id);

    // By the day: a session that is not renewed for long ends.
    private async Task PassAsync(Person person, int days)
    {
        for (var day = 0; day < days; day++)
            _clock.Advance(TimeSpan.FromDays(1));
        await person.Client.Auth.LoginAsync(new LoginRequest { Email = person.Email, Password = Person.Password, OrganizationId = person.OrganizationId }, Stop);
    }

    private async Task PassUntilAsync(Person person, int days, Func<Task<bool>> isSo)
    {
        await PassAsync(person, days);
        await Eventually.HoldsAsync(
            async () =>
            {
                // Little by little: work that is under way has a time limit on this clock.
                _clock.Advance(TimeSpan.FromSeconds(10));
                return await isSo();
            },
            TimeSpan.FromSeconds(60),
            "Disposal");
        await PassAsync(person, 0);
    }

    private static async Task<Guid> CreateAsync(Person person, string type) =>
        (await person.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "A document", DocumentType = type, SensitivityLevel = SensitivityLevel.Internal }, Stop)).Value.Id;

    private static async Task<(string Source, int Days)> PolicyAsync(Person person, Guid id) =>
        (await person.Client.Documents.GetAsync(id, Stop)).Value is var document ? (document.RetentionSource, document.RetentionPolicy.RetentionPeriod) : default;
}
