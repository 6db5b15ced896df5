using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using NSec.Cryptography;

namespace CrossAudit.Server.Core.Signing;

/// <summary>A signed text, and the key that it can be checked with.</summary>
internal sealed record SignedText(string Note, string VerifierKey);

/// <summary>Signs in the server's name, with a key that is made when it is first needed and kept sealed in the database, the same for all nodes.</summary>
internal sealed class Signer(IServiceScopeFactory scopes, SecretBox box, Settings settings, TimeProvider clock)
{
    private SigningKey? _active;

    /// <summary>Sees to it that there is a key.</summary>
    public async Task PrepareAsync(CancellationToken stop) => _active ??= await FindAsync(stop) ?? await CreateAsync(stop);

    /// <param name="text">What is signed. It ends with a line feed.</param>
    /// <exception cref="InvalidOperationException">There is no key: see <see cref="PrepareAsync"/>.</exception>
    public SignedText Sign(string text)
    {
        var active = _active ?? throw new InvalidOperationException("There is no key to sign with yet.");
        using var key = Key.Import(SignatureAlgorithm.Ed25519, box.Open(active.SealedPrivateKey, active.Id), KeyBlobFormat.RawPrivateKey);
        var name = settings.PublicUrl.Authority;
        return new SignedText(SignedNote.Sign(text, name, key), SignedNote.VerifierKey(name, active.PublicKey));
    }

    private async Task<SigningKey?> FindAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<SigningKey>().AsNoTracking().SingleOrDefaultAsync(key => key.IsActive, stop);
    }

    private async Task<SigningKey> CreateAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        using var key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        var (now, secret) = (clock.GetUtcNow(), key.Export(KeyBlobFormat.RawPrivateKey));
        var id = Guid.CreateVersion7(now);
        var made = new SigningKey { Id = id, PublicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey), SealedPrivateKey = box.Seal(secret, id), CreatedAt = now, IsActive = true };
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(secret);
        db.Add(made);
        // Where another node was faster, its key is everybody's.
        return await db.TrySaveAsync(stop) ? made : (await FindAsync(stop))!;
    }
}
