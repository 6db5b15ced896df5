using System.Security.Cryptography;
using System.Text.Json;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Http.Idempotency;

/// <summary>How taking a claim ended.</summary>
internal abstract record ClaimOutcome
{
    /// <summary>The creation is the caller's to make.</summary>
    public sealed record Taken(IdempotencyEffect Effect, int Attempt) : ClaimOutcome;

    /// <summary>It is made already, by a request with this fingerprint.</summary>
    public sealed record Answered(byte[] Fingerprint, KeptAnswer Answer) : ClaimOutcome;

    /// <summary>Another request is making it.</summary>
    public sealed record InFlight : ClaimOutcome;

    /// <summary>It is made already, and the answer was lost with the node that made it.</summary>
    public sealed record AnswerLost : ClaimOutcome;
}

/// <summary>An answer that is given again.</summary>
internal sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? ETag, byte[] Body);

/// <summary>Takes, keeps and releases claims of the caller's, on all nodes together: the unique key of the row decides who is first.</summary>
internal sealed class IdempotencyClaims(AppDbContext db, DataScope scope, SecretBox box, TimeProvider clock)
{
    /// <summary>Claims a key for a route, unless that was done within its lifetime.</summary>
    public async Task<ClaimOutcome> TakeAsync(string route, string key, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // Twice, for a claim that was released or has expired makes way for the next.
        for (var round = 0; round < 2; round++)
        {
            if (await TryAddAsync(route, key, now, stop) is { } taken)
                return taken;
            var known = await Own(route, key).Select(c => new { Claim = c, IsDone = db.Set<IdempotencyEffect>().Any(e => e.ClaimId == c.Id) }).SingleOrDefaultAsync(stop);
            if (known is not null && known.Claim.CreatedAt > now - IdempotencyClaim.Lifetime)
                return await JudgeAsync(known.Claim, known.IsDone, now, stop);
            await Own(route, key).Where(c => c.CreatedAt <= now - IdempotencyClaim.Lifetime).ExecuteDeleteAsync(stop);
        }
        return new ClaimOutcome.InFlight();
    }

    /// <summary>Keeps the answer, unless the claim was taken over meanwhile.</summary>
    public Task KeepAsync(ClaimOutcome.Taken claim, byte[] fingerprint, KeptAnswer answer)
    {
        var kept = box.Seal(JsonSerializer.SerializeToUtf8Bytes(answer), claim.Effect.ClaimId);
        // Although the caller may have hung up: it is then that it will come again.
        return db.WriteAsync(
            () => Held(claim).ExecuteUpdateAsync(set => set.SetProperty(c => c.Answer, kept).SetProperty(c => c.Fingerprint, fingerprint)),
            CancellationToken.None);
    }

    /// <summary>Lets the next request try, unless something was done: then it must not be done again.</summary>
    public async Task ReleaseAsync(ClaimOutcome.Taken claim)
    {
        var isUndone = scope.Effect is not null;
        scope.Effect = null;
        if (isUndone)
            await db.WriteAsync(() => Held(claim).ExecuteDeleteAsync(), CancellationToken.None);
    }

    private async Task<ClaimOutcome.Taken?> TryAddAsync(string route, string key, DateTimeOffset now, CancellationToken stop)
    {
        var claim = new IdempotencyClaim
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = scope.OrganizationId,
            UserId = scope.ActorId,
            Route = route,
            Key = key,
            CreatedAt = now,
            LeaseEndsAt = now + IdempotencyClaim.Lease,
        };
        db.Add(claim);
        if (!await db.TrySaveAsync(stop))
            return null;
        db.ChangeTracker.Clear();
        return TakenAs(claim, 1);
    }

    private async Task<ClaimOutcome> JudgeAsync(IdempotencyClaim claim, bool isDone, DateTimeOffset now, CancellationToken stop)
    {
        if (claim is { Answer: { } kept, Fingerprint: { } fingerprint })
            return Open(kept, claim.Id) is { } answer ? new ClaimOutcome.Answered(fingerprint, answer) : new ClaimOutcome.AnswerLost();
        if (claim.LeaseEndsAt > now)
            return new ClaimOutcome.InFlight();
        if (isDone)
            return new ClaimOutcome.AnswerLost();
        // Should its holder live after all, both make it, and the effect's key lets one of them commit.
        var taken = await db.WriteAsync(
            () => db.Set<IdempotencyClaim>().Where(c => c.Id == claim.Id && c.Attempt == claim.Attempt && c.Answer == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Attempt, c => c.Attempt + 1).SetProperty(c => c.LeaseEndsAt, now + IdempotencyClaim.Lease), stop),
            stop);
        return taken == 1 ? TakenAs(claim, claim.Attempt + 1) : new ClaimOutcome.InFlight();
    }

    private static ClaimOutcome.Taken TakenAs(IdempotencyClaim claim, int attempt) => new(new IdempotencyEffect { ClaimId = claim.Id, OrganizationId = claim.OrganizationId }, attempt);

    private KeptAnswer? Open(byte[] kept, Guid id)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptAnswer>(box.Open(kept, id));
        }
        catch (CryptographicException)
        {
            // The key that sealed it is gone.
            return null;
        }
    }

    private IQueryable<IdempotencyClaim> Own(string route, string key) => db.Set<IdempotencyClaim>().AsNoTracking().Where(c => c.UserId == scope.ActorId && c.Route == route && c.Key == key);

    private IQueryable<IdempotencyClaim> Held(ClaimOutcome.Taken claim) => db.Set<IdempotencyClaim>().Where(c => c.Id == claim.Effect.ClaimId && c.Attempt == claim.Attempt);
}
