using System.Collections.Concurrent;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>The trees that do not agree with their checkpoints: looked at again after a minute, so that they do not hold up the others, and the log says so each time.</summary>
internal sealed class SuspendedTrees
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _until = new();

    public void Add(Guid organization, DateTimeOffset now) => _until[organization] = now + Pause;

    /// <summary>Those of now, as events name them.</summary>
    public List<Guid?> Now(DateTimeOffset now) =>
        [.. _until.Where(tree => tree.Value > now).Select(tree => tree.Key == Guid.Empty ? null : (Guid?)tree.Key)];
}
