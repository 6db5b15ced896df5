using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>Checkpoints go where the database's administrators cannot reach them, and are signed with a key that can be changed.</summary>
public sealed class CheckpointsAreKeptElsewhere(ServerSet servers) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossaudit-checkpoints-").FullName;
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Each_hour_a_log_that_has_grown_leaves_a_file_that_is_never_changed(Shape shape)
    {
        var settings = new Dictionary<string, string?> { ["AUDIT_CHECKPOINT_DIRECTORY"] = _folder };
        await using var server = await servers.StartAsync(shape, settings, services => services.AddSingleton<TimeProvider>(_clock));
        var founder = await Person.FounderAsync(server);
        var own = Path.Combine(_folder, founder.OrganizationId.ToString());

        await PassUntilAsync(() => Directory.Exists(own) && Directory.GetFiles(own, "*.checkpoint").Length == 1);
        var first = Directory.GetFiles(own, "*.checkpoint").Single();
        var written = await File.ReadAllTextAsync(first, Stop);
        await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "A document" }, Stop);
        await PassUntilAsync(() => Directory.GetFiles(own, "*.checkpoint").Length >= 2);

        var newest = await founder.Client.Audit.GetCheckpointAsync(Stop);
        Assert.Equal(written, await File.ReadAllTextAsync(first, Stop));
        Assert.Equal(Path.GetFileNameWithoutExtension(first), Checkpoint.Parse(SignedNote.Verify(written, newest.PublicKey)!).Size.ToString("D12", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory, EveryShape]
    public async Task A_new_key_signs_from_then_on_and_the_log_goes_on(Shape shape)
    {
        await using var server = await servers.StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        var before = await founder.UntilSealedAsync();

        await server.Services.GetRequiredService<Signer>().RotateAsync(Stop);
        await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "A document" }, Stop);
        await Eventually.HoldsAsync(async () => (await founder.UntilSealedAsync()).PublicKey != before.PublicKey, TimeSpan.FromSeconds(30), "Signing with the new key");

        var after = await founder.Client.Audit.GetCheckpointAsync(Stop);
        Assert.NotNull(SignedNote.Verify(after.Checkpoint, after.PublicKey));
        Assert.NotNull(SignedNote.Verify(before.Checkpoint, before.PublicKey));
        Assert.Null(SignedNote.Verify(after.Checkpoint, before.PublicKey));
        Assert.True((await founder.Client.Audit.VerifyAsync(Stop)).Holds);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task PassUntilAsync(Func<bool> isSo) => Eventually.HoldsAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            return Task.FromResult(isSo());
        },
        TimeSpan.FromSeconds(60),
        "Publishing");
}
