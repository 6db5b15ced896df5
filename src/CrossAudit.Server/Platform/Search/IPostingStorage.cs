using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Postings;

namespace CrossAudit.Server.Platform.Search;

/// <summary>Writes blocks as fast as the database can take them.</summary>
internal interface IPostingStorage
{
    /// <summary>Puts the blocks in the place of those that they were, in the running transaction.</summary>
    Task PutAsync(AppDbContext db, IReadOnlyCollection<PostingBlock> blocks, CancellationToken stop);
}
