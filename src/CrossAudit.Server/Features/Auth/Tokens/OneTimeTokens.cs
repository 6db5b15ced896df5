using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Auth.Tokens;

/// <summary>Issues and redeems one-time tokens. The newest of an account and purpose is good; those before it are not.</summary>
internal sealed class OneTimeTokens(AppDbContext db, TimeProvider clock)
{
    /// <summary>Adds a token to the running unit of work; it is good once that is saved.</summary>
    public string Issue(User user, string purpose, string email, TimeSpan lifetime)
    {
        var (now, (token, hash)) = (clock.GetUtcNow(), OpaqueToken.Create());
        db.Add(new OneTimeToken { Id = Guid.CreateVersion7(now), UserId = user.Id, Purpose = purpose, Email = email, TokenHash = hash, CreatedAt = now, ExpiresAt = now + lifetime });
        return token;
    }

    /// <summary>Uses the token up in the running unit of work; null if it is unknown, used, expired, replaced, or good for something else.</summary>
    public async Task<OneTimeToken?> RedeemAsync(string token, string purpose, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), OpaqueToken.HashOf(token));
        var found = await db.Set<OneTimeToken>().Include(t => t.User).SingleOrDefaultAsync(t => t.TokenHash == hash && t.Purpose == purpose && t.UsedAt == null && t.ExpiresAt > now, stop);
        if (found is not { User.IsActive: true } || await IsReplacedAsync(found, stop))
            return null;
        found.UsedAt = now;
        return found;
    }

    private Task<bool> IsReplacedAsync(OneTimeToken token, CancellationToken stop) =>
        db.Set<OneTimeToken>().AnyAsync(t => t.UserId == token.UserId && t.Purpose == token.Purpose && t.CreatedAt > token.CreatedAt, stop);
}
