using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using NSec.Cryptography;

namespace CrossAudit.Server.Core.Signing;

/// <summary>A signed text, and the key that it can be checked with.</summary>
internal sealed record SignedText(string Note, string VerifierKey);

/// <summary>Signs in the server's name, with a key that is made when it is first needed and kept sealed in the database, the same for all nodes.</summary>
internal sealed class Signer(IServiceScopeFactory scopes, SecretBox box, Settings settings, TimeProvider clock) : IDisposable
{
    // Another node, or a command, may have made a new one.
    private static readonly TimeSpan Known = TimeSpan.FromMinutes(1);

    private readonly Lock _changing = new();
    private Keys? _keys;

    /// <summary>Sees to it that there is a key, and that the keys known are those of now.</summary>
    public async Task PrepareAsync(CancellationToken stop)
    {
        if (_keys is { } keys && clock.GetUtcNow() - keys.ReadAt < Known)
            return;
        var found = await ReadAsync(stop);
        if (!found.Exists(key => key.IsActive))
        {
            await CreateAsync(stop);
            found = await ReadAsync(stop);
        }
        Keep(found);
    }

    /// <summary>Looks for keys anew, where something is signed with one that is not known.</summary>
    public async Task RefreshAsync(CancellationToken stop) => Keep(await ReadAsync(stop));

    /// <summary>Makes a new key, which signs from then on; those of before still vouch for what they have signed.</summary>
    public async Task<string> RotateAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await db.WriteAsync(
            async () =>
            {
                await db.Set<SigningKey>().Where(key => key.IsActive).ExecuteUpdateAsync(set => set.SetProperty(key => key.IsActive, false), stop);
                db.Add(New());
                return await db.SaveChangesAsync(stop);
            },
            stop);
        await RefreshAsync(stop);
        return SignedNote.VerifierKey(settings.PublicUrl.Authority, _keys!.Public[0]);
    }

    /// <param name="text">What is signed. It ends with a line feed.</param>
    /// <param name="name">In whose name: the server's, unless something else is said.</param>
    /// <exception cref="InvalidOperationException">There is no key: see <see cref="PrepareAsync"/>.</exception>
    public SignedText Sign(string text, string? name = null)
    {
        name ??= settings.PublicUrl.Authority;
        lock (_changing)
        {
            var keys = _keys ?? throw new InvalidOperationException("There is no key to sign with yet.");
            return new SignedText(SignedNote.Sign(text, name, keys.Active), SignedNote.VerifierKey(name, keys.Public[0]));
        }
    }

    /// <summary>The text of a note that this server has signed, in whatever name, with a key of now or of before; null if it has not.</summary>
    public string? Open(string note)
    {
        if (SignedNote.SignerOf(note) is not { } name)
            return null;
        return _keys?.Public.Select(key => SignedNote.Verify(note, SignedNote.VerifierKey(name, key))).FirstOrDefault(text => text is not null);
    }

    public void Dispose() => _keys?.Active.Dispose();

    private async Task<List<SigningKey>> ReadAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<SigningKey>().AsNoTracking().OrderByDescending(key => key.IsActive).ThenByDescending(key => key.CreatedAt).ToListAsync(stop);
    }

    // A key counts only if its private half opens: a row that somebody has put there with a public key of their own does not.
    private void Keep(List<SigningKey> rows)
    {
        var active = Open(rows[0]);
        var open = new List<byte[]> { active.PublicKey.Export(KeyBlobFormat.RawPublicKey) };
        foreach (var retired in rows.Skip(1))
            if (TryOpen(retired) is { } key)
                using (key)
                    open.Add(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        var keys = new Keys(active, open, clock.GetUtcNow());
        lock (_changing)
        {
            _keys?.Active.Dispose();
            _keys = keys;
        }
    }

    private Key Open(SigningKey row) => Key.Import(SignatureAlgorithm.Ed25519, box.Open(row.SealedPrivateKey, row.Id), KeyBlobFormat.RawPrivateKey);

    private Key? TryOpen(SigningKey row)
    {
        try
        {
            return Open(row);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Its encryption key was retired: what it has signed cannot be vouched for here any more.
            return null;
        }
    }

    private async Task CreateAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        db.Add(New());
        // Where another node was faster, its key is everybody's.
        await db.TrySaveAsync(stop);
    }

    private SigningKey New()
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        var (now, secret) = (clock.GetUtcNow(), key.Export(KeyBlobFormat.RawPrivateKey));
        var id = Guid.CreateVersion7(now);
        var made = new SigningKey { Id = id, PublicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey), SealedPrivateKey = box.Seal(secret, id), CreatedAt = now, IsActive = true };
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(secret);
        return made;
    }

    private sealed record Keys(Key Active, List<byte[]> Public, DateTimeOffset ReadAt);
}
