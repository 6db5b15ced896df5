using System.Collections.Frozen;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>Where a grant counts, as numbers of departments: one and all below it are consecutive.</summary>
internal readonly record struct DepartmentSpan(int First, int Last)
{
    /// <summary>The whole organization, what belongs to no department included.</summary>
    public static DepartmentSpan Organization { get; } = new(0, int.MaxValue);

    public bool IsOrganization => First == 0;

    public bool Holds(int place) => place >= First && place <= Last;
}

/// <summary>
/// The departments of an organization, numbered from 1 in the order of a walk that visits parents first: whether one lies below another is two comparisons.
/// 0 is the place of what belongs to no department.
/// </summary>
internal sealed class DepartmentTree
{
    private const int Unknown = int.MaxValue;

    private readonly FrozenDictionary<Guid, DepartmentSpan> _spans;

    /// <param name="departments">Each with its parent; one whose parent is not among them stands at the top.</param>
    public DepartmentTree(IReadOnlyCollection<(Guid Id, Guid? Parent)> departments)
    {
        var known = departments.Select(department => department.Id).ToHashSet();
        var children = departments.ToLookup(department => department.Parent is { } parent && known.Contains(parent) ? parent : Guid.Empty, department => department.Id);
        var spans = new Dictionary<Guid, DepartmentSpan>(departments.Count);
        // Entered and left on a stack of our own: nobody says how deep a tree may be.
        var (next, path) = (1, new Stack<(Guid Id, int First, Queue<Guid> Below)>());
        path.Push((Guid.Empty, 0, new Queue<Guid>(children[Guid.Empty])));
        while (path.TryPeek(out var here))
        {
            if (here.Below.TryDequeue(out var child))
            {
                path.Push((child, next++, new Queue<Guid>(children[child])));
                continue;
            }
            path.Pop();
            if (here.Id != Guid.Empty)
                spans[here.Id] = new DepartmentSpan(here.First, next - 1);
        }
        _spans = spans.ToFrozenDictionary();
    }

    public IEnumerable<Guid> Ids => _spans.Keys;

    /// <summary>A department and all below it.</summary>
    public IReadOnlyList<Guid> IdsWithin(Guid id) => SpanOf(id) is { } span ? [.. _spans.Where(other => span.Holds(other.Value.First)).Select(other => other.Key)] : [];

    public bool Has(Guid id) => _spans.ContainsKey(id);

    /// <summary>The department's place; of one that is not known yet, a place that only the whole organization holds.</summary>
    public int PlaceOf(Guid? id) => id is not { } department ? 0 : _spans.TryGetValue(department, out var span) ? span.First : Unknown;

    /// <summary>What a grant for the department reaches; null if there is no such department.</summary>
    public DepartmentSpan? SpanOf(Guid? id) => id is not { } department ? DepartmentSpan.Organization : _spans.TryGetValue(department, out var span) ? span : null;
}
