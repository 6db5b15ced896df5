using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>A kind of thing that permissions can be asked for one by one. Features do not know each other, but each says where its own things stand.</summary>
internal interface IPlacedResource
{
    /// <summary>What the kind is called in questions and in the trail, such as <c>document</c>.</summary>
    string ResourceType { get; }

    /// <summary>Where one of them stands; null if there is none, or none that the actor may know of.</summary>
    Task<ResourcePlace?> FindAsync(AppDbContext db, Guid id, CancellationToken stop);
}
