using System.Collections.Frozen;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Audit.Retention;

/// <summary>How long an organization keeps its events. Without a row it keeps them for ever.</summary>
internal sealed class TrailRetention : IOrganizationOwned, IRevised, IDueRow
{
    public const string Unlimited = "unlimited";

    /// <summary>The fewest days of each preset: Regulation (EU) 2024/1689, articles 19 and 26 (six months); SOC 2, a period of a year; 45 CFR 164.316(b)(2) (six years).</summary>
    public static readonly FrozenDictionary<string, int?> Minimums =
        new Dictionary<string, int?> { [Unlimited] = null, ["eu_ai_act"] = 184, ["soc2"] = 365, ["hipaa"] = 2192, ["custom"] = 1 }.ToFrozenDictionary();

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required string Preset { get; set; }
    public int? Days { get; set; }
    public bool LegalHold { get; set; }

    // When to look for events whose days are over; null while none is removed.
    public DateTimeOffset? DueAt { get; set; }
    public int Attempts { get; set; }
    public int Revision { get; set; }

    public static TrailRetentionView View(TrailRetention? retention, long keptFrom) => new()
    {
        Preset = retention?.Preset ?? Unlimited,
        Days = retention?.Days,
        MinimumDays = Minimums[retention?.Preset ?? Unlimited],
        LegalHold = retention?.LegalHold ?? false,
        KeptFrom = keptFrom,
    };
}

internal sealed class TrailRetentionMapping : IEntityTypeConfiguration<TrailRetention>
{
    public void Configure(EntityTypeBuilder<TrailRetention> retention)
    {
        retention.ToTable("trail_retentions");
        retention.HasIndex(r => r.OrganizationId).IsUnique();
        retention.HasIndex(r => r.DueAt).HasFilter("due_at IS NOT NULL");
    }
}
