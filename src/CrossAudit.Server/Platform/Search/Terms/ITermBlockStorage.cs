using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Platform.Search.Terms;

/// <summary>Writes blocks as fast as the database can take them.</summary>
internal interface ITermBlockStorage
{
    /// <summary>Puts the blocks, all of one organization, in the place of those that they were, in the running transaction.</summary>
    Task PutAsync(AppDbContext db, IReadOnlyCollection<TermBlock> blocks, CancellationToken stop);
}
