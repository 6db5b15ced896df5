using System.Security.Cryptography;
using System.Text;
using CrossAudit.Client;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Blobs.Encryption;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>A master key is set: files are ciphertext wherever they lie, and everything else is as before.</summary>
public sealed class FilesAreEncrypted(ServerSet servers) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, EveryShape]
    public async Task What_is_stored_tells_nothing_and_what_is_handed_out_is_what_came(Shape shape)
    {
        await using var server = await RunningServer.StartAsync(await SettingsAsync(shape, NewKey()));
        var founder = await Person.FounderAsync(server);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(n => $"heron {n}\n")));

        var upload = await founder.UploadAsync("herons.txt", text, Stop);
        var again = await founder.UploadAsync("same.txt", text, Stop);
        await founder.UntilSettledAsync(upload.DocumentId);
        await founder.UntilSettledAsync(again.DocumentId);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(text)), upload.Checksum);
        var blob = await server.BlobAsync(upload.DocumentId);
        Assert.Equal(blob.Id, (await server.BlobAsync(again.DocumentId)).Id);
        var raw = (await server.RawBytesAsync(blob.Location))!;
        Assert.Equal(BlobCipher.LengthOf(text.Length), raw.Length);
        Assert.Equal(-1, raw.AsSpan().IndexOf("heron"u8));
        Assert.DoesNotContain(blob.Sha256, blob.Location, StringComparison.Ordinal);
        Assert.Equal(text, await founder.ContentAsync(upload.DocumentId));
        Assert.NotEmpty((await founder.Client.Documents.SearchAsync("heron 19999", Stop)).Items);
        Assert.Empty(Directory.GetFiles(server.Settings.WorkDirectory));
        Assert.Single(await Stored.AllAsync<DataKey>(server), key => key.OrganizationId == founder.OrganizationId);
    }

    [Theory, EveryShape]
    public async Task Each_organization_has_its_own_key_and_many_first_uploads_at_once_share_one(Shape shape)
    {
        await using var server = await RunningServer.StartAsync(await SettingsAsync(shape, NewKey()));
        var (one, other) = (await Person.FounderAsync(server), await Person.FounderAsync(server));

        await Task.WhenAll(Enumerable.Range(0, 16).SelectMany(n => new[] { one, other }.Select(person => person.UploadAsync("a.txt", Encoding.UTF8.GetBytes($"Text {n}"), Stop))));

        var keys = await Stored.AllAsync<DataKey>(server);
        Assert.Equal(2, keys.Count);
        foreach (var person in new[] { one, other })
            Assert.All(await server.BlobsAsync(person.OrganizationId), blob => Assert.Equal(keys.Single(k => k.OrganizationId == person.OrganizationId).Id, blob.KeyId));
    }

    [Theory, EveryShape]
    public async Task Altered_and_exchanged_files_are_never_handed_out(Shape shape)
    {
        await using var server = await RunningServer.StartAsync(await SettingsAsync(shape, NewKey()));
        var founder = await Person.FounderAsync(server);
        var (one, other) = (await founder.UploadTextAsync("The first of two."), await founder.UploadTextAsync("The secondof two."));
        var (blob, otherBlob) = (await server.BlobAsync(one.Id), await server.BlobAsync(other.Id));
        var raw = (await server.RawBytesAsync(blob.Location))!;

        raw[^20] ^= 1;
        await server.OverwriteAsync(blob.Location, raw);
        await DamagedAsync(() => founder.ContentAsync(one.Id));
        await server.OverwriteAsync(blob.Location, (await server.RawBytesAsync(otherBlob.Location))!);
        await DamagedAsync(() => founder.ContentAsync(one.Id));
        await server.OverwriteAsync(blob.Location, raw[..^1]);
        await DamagedAsync(() => founder.ContentAsync(one.Id));
    }

    [Theory, EveryShape]
    public async Task What_was_stored_in_plain_stays_readable_and_is_encrypted_at_its_next_inspection(Shape shape)
    {
        var (clock, settings) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), await SettingsAsync(shape, null));
        // It begins as an encrypted file does, and is none.
        var text = "XAUDBLOB is how an encrypted file begins"u8.ToArray();
        await using var plain = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(plain);
        var upload = await founder.UploadAsync("magic.txt", text, Stop);
        Assert.Equal(text, await plain.RawBytesAsync((await plain.BlobAsync(upload.DocumentId)).Location));
        await plain.DisposeAsync();

        settings["BLOB_ENCRYPTION_KEY"] = NewKey();
        await using var server = await RunningServer.StartAsync(settings, services => services.AddSingleton<TimeProvider>(clock));
        var back = new Known(server, founder);
        Assert.Equal(text, await back.ContentAsync(upload.DocumentId));
        var before = await server.BlobAsync(upload.DocumentId);
        clock.Advance(TimeSpan.FromHours(25));
        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(6));
                return (await server.BlobAsync(upload.DocumentId)).KeyId is not null;
            },
            TimeSpan.FromSeconds(30),
            "Its encryption");

        var after = await server.BlobAsync(upload.DocumentId);
        Assert.Equal(before.Id, after.Id);
        Assert.NotNull(after.VerifiedAt);
        Assert.Equal(-1, (await server.RawBytesAsync(after.Location))!.AsSpan().IndexOf("is how"u8));
        Assert.Equal(text, await back.ContentAsync(upload.DocumentId));
        clock.Advance(TimeSpan.FromHours(2));
        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(6));
                return await server.RawBytesAsync(before.Location) is null;
            },
            TimeSpan.FromSeconds(30),
            "The end of what was stored in plain");
    }

    [Theory, EveryShape]
    public async Task Without_the_master_key_files_are_neither_read_nor_stored_in_plain(Shape shape)
    {
        var (key, settings) = (NewKey(), await SettingsAsync(shape, null));
        settings["BLOB_ENCRYPTION_KEY"] = key;
        await using var first = await RunningServer.StartAsync(settings);
        var founder = await Person.FounderAsync(first);
        var document = await founder.UploadTextAsync("Kept under a key.");
        await first.DisposeAsync();

        settings["BLOB_ENCRYPTION_KEY"] = null;
        await using (var without = await RunningServer.StartAsync(settings))
        {
            var back = new Known(without, founder);
            await without.RefusesAsync(founder, 503, ErrorCodes.ServerUnavailable, () => back.ContentAsync(document.Id));
            await without.RefusesAsync(founder, 503, ErrorCodes.ServerUnavailable, () => back.UploadAsync("Not in plain."));
        }

        // The next key wraps, the one before still unwraps; once all is wrapped anew it can go.
        (settings["BLOB_ENCRYPTION_KEY"], settings["BLOB_PREVIOUS_ENCRYPTION_KEYS"]) = (NewKey(), key);
        await using (var rotated = await RunningServer.StartAsync(settings))
        {
            Assert.Equal("Kept under a key."u8.ToArray(), await new Known(rotated, founder).ContentAsync(document.Id));
            var current = rotated.Services.GetRequiredService<MasterKeys>().CurrentId;
            await Eventually.HoldsAsync(async () => (await Stored.AllAsync<DataKey>(rotated)).TrueForAll(k => k.MasterKeyId == current), TimeSpan.FromSeconds(20), "Wrapping anew");
        }
        settings["BLOB_PREVIOUS_ENCRYPTION_KEYS"] = null;
        await using var last = await RunningServer.StartAsync(settings);
        Assert.Equal("Kept under a key."u8.ToArray(), await new Known(last, founder).ContentAsync(document.Id));
    }

    [Theory, EveryShape]
    public async Task With_the_organization_its_key_goes_first_and_copies_of_its_files_are_lost_with_it(Shape shape)
    {
        await using var server = await RunningServer.StartAsync(await SettingsAsync(shape, NewKey()));
        var founder = await Person.FounderAsync(server);
        var document = await founder.UploadTextAsync("Destroyed with its key.");
        var blob = await server.BlobAsync(document.Id);
        var copy = (await server.RawBytesAsync(blob.Location))!;

        // What the purge does, broken off where files and rows still are.
        await server.Services.GetRequiredService<BlobVault>().DestroyKeyAsync(founder.OrganizationId, Stop);
        Assert.Equal(copy, await server.RawBytesAsync(blob.Location));
        await server.RefusesAsync(founder, 500, ErrorCodes.ServerFault, () => founder.ContentAsync(document.Id));

        await using (var scope = server.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetServices<IOrganizationData>().OfType<DocumentData>().Single().DestroyAsync(founder.OrganizationId, Stop);
        Assert.Null(await server.RawBytesAsync(blob.Location));
        Assert.Empty(await server.BlobsAsync(founder.OrganizationId));
        Assert.DoesNotContain(await Stored.AllAsync<DataKey>(server), key => key.OrganizationId == founder.OrganizationId);
    }

    private static async Task DamagedAsync(Func<Task> read)
    {
        var refused = (await Assert.ThrowsAsync<CrossAuditException>(read)).Problem;
        Assert.Equal((500, ErrorCodes.ServerFault), (refused.Status, refused.Code));
        Assert.Contains("damaged", refused.Detail, StringComparison.Ordinal);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    // One folder and one database for servers that follow each other.
    private async Task<Dictionary<string, string?>> SettingsAsync(Shape shape, string? key)
    {
        var settings = shape == Shape.Full ? await servers.FullShapeAsync() : [];
        settings["CROSSAUDIT_DATA"] = _folder.Path;
        settings["BLOB_ENCRYPTION_KEY"] = key;
        return settings;
    }

    /// <summary>Somebody who has registered at the server before this one.</summary>
    private sealed class Known(RunningServer server, Person person)
    {
        private readonly CrossAuditClient _client = person.On(server);

        public async Task<byte[]> ContentAsync(Guid documentId)
        {
            await using var download = await _client.Documents.DownloadAsync(documentId, stop: Stop);
            using var bytes = new MemoryStream();
            await download.Content.CopyToAsync(bytes, Stop);
            return bytes.ToArray();
        }

        public async Task<UploadView> UploadAsync(string text)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            return await _client.Documents.UploadAsync(content, "a.txt", new UploadFields(), Stop);
        }
    }
}
