using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Platform.Search;

/// <summary>An organization's index: the row that its writers lock, one after the other.</summary>
internal sealed class SearchIndexState : IOrganizationOwned
{
    public required Guid OrganizationId { get; init; }

    /// <summary>How many texts have been given a number.</summary>
    public required long Texts { get; init; }

    /// <summary>The bucket that is being filled.</summary>
    public required int Bucket { get; init; }

    /// <summary>How many passages it has.</summary>
    public required int Filled { get; init; }
}

/// <summary>How much text of a language a corpus has.</summary>
internal sealed class CorpusStatistics : IOrganizationOwned
{
    public required Guid OrganizationId { get; init; }
    public required Corpus Corpus { get; init; }

    /// <summary>Rules how it is analyzed: the first part of a BCP 47 tag.</summary>
    public required string Language { get; init; }

    public required long Passages { get; set; }
    public required long Words { get; set; }
}

internal sealed class SearchIndexMapping : IEntityTypeConfiguration<SearchIndexState>, IEntityTypeConfiguration<CorpusStatistics>
{
    public void Configure(EntityTypeBuilder<SearchIndexState> index)
    {
        index.ToTable("search_indexes");
        index.HasKey(i => i.OrganizationId);
        index.Property(i => i.OrganizationId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<CorpusStatistics> statistics)
    {
        statistics.ToTable("search_statistics");
        statistics.HasKey(s => new { s.OrganizationId, s.Corpus, s.Language });
        statistics.Property(s => s.Corpus).HasConversion<int>();
    }
}
