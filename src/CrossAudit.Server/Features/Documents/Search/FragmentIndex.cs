using CrossAudit.Server.Platform.Data.FullText;

namespace CrossAudit.Server.Features.Documents.Search;

/// <summary>The full-text index of the fragments.</summary>
internal static class FragmentIndex
{
    public static IndexedTable Table { get; } = new("fragments", "fragment_index", "version_id");
}
