using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>The sealed log of an organization, as far as it has grown.</summary>
internal sealed class AuditTree
{
    /// <summary>Whose log; <see cref="Guid.Empty"/> for events that concern no organization.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>How many events are sealed: their sequence runs from 0 to one less.</summary>
    public required long Size { get; set; }

    /// <summary>The tiles that are not full: see <see cref="TreeEdge.Save"/>.</summary>
    public required byte[] Edge { get; set; }

    /// <summary>The checkpoint of this size, a signed note. What stands in the other columns is believed only as far as it agrees.</summary>
    public required string Checkpoint { get; set; }

    /// <summary>The key that the note can be checked with.</summary>
    public required string VerifierKey { get; set; }

    /// <summary>The first event whose row is kept; retention may remove those before it, and never their leaves.</summary>
    public long KeptFrom { get; init; }

    /// <summary>The same, signed: whoever has the database alone cannot pass a deletion off as retention. Null while nothing was removed.</summary>
    public string? KeptFromNote { get; init; }

    /// <summary>What the server signs to say from where on events are kept.</summary>
    public static string KeptFromText(Guid organization, long keptFrom) => string.Create(CultureInfo.InvariantCulture, $"crossaudit audit retention\n{organization}\n{keptFrom}\n");

    /// <summary>How many events, from the first on, can be found by the index.</summary>
    public long IndexedTo { get; init; }

    public required DateTimeOffset SealedAt { get; set; }

    public TreeEdge ToEdge() => TreeEdge.Load(Size, Edge);
}

/// <summary>A full tile of an organization's tree. It never changes.</summary>
internal sealed class AuditTile
{
    public required Guid OrganizationId { get; init; }
    public required int Level { get; init; }
    public required long Index { get; init; }
    public required byte[] Hashes { get; init; }
}

internal sealed class AuditTreeMapping : IEntityTypeConfiguration<AuditTree>, IEntityTypeConfiguration<AuditTile>
{
    public void Configure(EntityTypeBuilder<AuditTree> tree)
    {
        tree.ToTable("audit_trees");
        // No foreign key: it outlives its organization.
        tree.HasKey(t => t.OrganizationId);
        tree.Property(t => t.OrganizationId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<AuditTile> tile)
    {
        tile.ToTable("audit_tiles");
        tile.HasKey(t => new { t.OrganizationId, t.Level, t.Index });
    }
}
