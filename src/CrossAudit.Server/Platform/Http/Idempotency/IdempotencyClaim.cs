using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Http.Idempotency;

/// <summary>One use of an idempotency key: taken before the creation is made, and answered from once it is.</summary>
internal sealed class IdempotencyClaim : IOrganizationOwned
{
    /// <summary>How long the first answer is answered again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How long a request without an answer counts as under way: its node may have died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary>Who uses the key: the account, or the API key that acts.</summary>
    public required Guid UserId { get; init; }

    public required string Route { get; init; }
    public required string Key { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LeaseEndsAt { get; init; }

    /// <summary>Who holds it: taken over from a request that seems dead, it is the next one.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>What was sent, as a hash; null while no answer is kept.</summary>
    public byte[]? Fingerprint { get; init; }

    /// <summary>The first answer, sealed: some show a secret this once.</summary>
    public byte[]? Answer { get; init; }
}

internal sealed class IdempotencyClaimMapping : IEntityTypeConfiguration<IdempotencyClaim>
{
    public void Configure(EntityTypeBuilder<IdempotencyClaim> claim)
    {
        claim.ToTable("idempotency_claims");
        claim.HasIndex(c => new { c.OrganizationId, c.UserId, c.Route, c.Key }).IsUnique();
        claim.HasIndex(c => c.CreatedAt);
        claim.HasOne<IdempotencyEffect>().WithOne().HasForeignKey<IdempotencyEffect>(e => e.ClaimId).OnDelete(DeleteBehavior.Cascade);
    }
}
