using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CrossAudit.Server.Core.Auditing.Tree;

/// <summary>
/// What this node remembers of trees: of each that it has signed itself a fingerprint, so that the same state need not be proved again; and those that did not agree with their checkpoints, which are looked
/// at again after a minute, so that they do not hold up the others and the log says so each time.
/// </summary>
internal sealed class TrustedTrees
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, byte[]> _signed = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _suspended = new();

    public void Trust(Guid organization, long size, byte[] edge, string checkpoint) => _signed[organization] = Fingerprint(size, edge, checkpoint);

    /// <summary>Whether the tree is just as this node has signed it last.</summary>
    public bool IsTrusted(AuditTree tree) => _signed.TryGetValue(tree.OrganizationId, out var known) && Fingerprint(tree.Size, tree.Edge, tree.Checkpoint).AsSpan().SequenceEqual(known);

    public void Suspend(Guid organization, DateTimeOffset now) => _suspended[organization] = now + Pause;

    /// <summary>Those that are suspended now, as events name them.</summary>
    public List<Guid?> Suspended(DateTimeOffset now) =>
        [.. _suspended.Where(tree => tree.Value > now).Select(tree => tree.Key == Guid.Empty ? null : (Guid?)tree.Key)];

    private static byte[] Fingerprint(long size, byte[] edge, string checkpoint) => SHA256.HashData([.. BitConverter.GetBytes(size), .. Encoding.UTF8.GetBytes(checkpoint), .. edge]);
}
