using System.Security.Cryptography;
using System.Text;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace CrossAudit.Server.Features.Auth.Mfa;

/// <summary>Issues and redeems recovery codes.</summary>
internal sealed class RecoveryCodes(AppDbContext db, TimeProvider clock)
{
    private const int Codes = 10;
    private const int Bytes = 10;

    /// <summary>Replaces the account's codes in the running unit of work, and answers the new ones: they are shown this once.</summary>
    public async Task<IReadOnlyList<string>> ReplaceAsync(User user, CancellationToken stop)
    {
        await RemoveAsync(user, stop);
        var now = clock.GetUtcNow();
        var codes = Enumerable.Range(0, Codes).Select(_ => NewCode()).ToList();
        db.AddRange(codes.Select(code => new RecoveryCode { Id = Guid.CreateVersion7(now), UserId = user.Id, CodeHash = HashOf(code), CreatedAt = now }));
        return codes;
    }

    public async Task RemoveAsync(User user, CancellationToken stop) => db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.UserId == user.Id).ToListAsync(stop));

    /// <summary>Uses a code up in the running unit of work; false if it is none of the account's, or was used.</summary>
    public async Task<bool> RedeemAsync(User user, string code, CancellationToken stop)
    {
        var hash = HashOf(code);
        if (await db.Set<RecoveryCode>().SingleOrDefaultAsync(c => c.UserId == user.Id && c.CodeHash == hash && c.UsedAt == null, stop) is not { } found)
            return false;
        found.UsedAt = clock.GetUtcNow();
        return true;
    }

    public Task<int> CountLeftAsync(Guid userId, CancellationToken stop) => db.Set<RecoveryCode>().CountAsync(c => c.UserId == userId && c.UsedAt == null, stop);

    // abcd-efgh-ijkl-mnop
    private static string NewCode() => string.Join('-', Base32Encoding.ToString(RandomNumberGenerator.GetBytes(Bytes)).ToLowerInvariant().Chunk(4).Select(part => new string(part)));

    // As it was typed: with or without the dashes, in any case.
    private static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant()));
}
