using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// Says that what an idempotency key was claimed for is done. It is saved with the first change of the request that holds the claim
/// (<see cref="DataScope.Effect"/>), in its transaction: there cannot be a second change for the same claim, whoever lost sight of the first.
/// </summary>
internal sealed class IdempotencyEffect : IOrganizationOwned
{
    public required Guid ClaimId { get; init; }
    public required Guid OrganizationId { get; init; }
}

internal sealed class IdempotencyEffectMapping : IEntityTypeConfiguration<IdempotencyEffect>
{
    public void Configure(EntityTypeBuilder<IdempotencyEffect> effect) => effect.ToTable("idempotency_effects").HasKey(e => e.ClaimId);
}
