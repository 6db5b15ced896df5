using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Search.Terms;

/// <summary>Which numbers of a block have a term.</summary>
internal sealed class TermBlock : IOrganizationOwned
{
    public required Guid OrganizationId { get; init; }
    public required string Term { get; init; }

    /// <summary>A number divided by <see cref="NumberSet.BlockSize"/>.</summary>
    public required long Block { get; init; }

    /// <summary>What <see cref="NumberSet.Store"/> gives.</summary>
    public required byte[] Numbers { get; init; }
}

internal sealed class TermBlockMapping : IEntityTypeConfiguration<TermBlock>
{
    public void Configure(EntityTypeBuilder<TermBlock> block)
    {
        block.ToTable("audit_terms");
        block.HasKey(b => new { b.OrganizationId, b.Term, b.Block });
    }
}
