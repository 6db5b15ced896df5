using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>
/// Lays grants out along the numbered departments. A department and all below it are consecutive, so two grants reach either the one within the other or
/// nothing in common: a walk from left to right with a stack of those open meets every run of departments in which the same grants count.
/// </summary>
internal static class AccessSegments
{
    /// <param name="grants">Those that count now.</param>
    public static AccessSegment[] Of(IReadOnlyList<GraphGrant> grants, PermissionIndex permissions)
    {
        var nothing = new Open(int.MaxValue, permissions.SetOf([]), permissions.SetOf([]), SensitivityLevel.Public);
        var everywhere = grants.Where(grant => grant.Span.IsOrganization).Aggregate(nothing, (all, grant) => all.With(grant));
        var segments = new List<AccessSegment> { everywhere.SegmentFrom(0) };
        var open = new Stack<Open>([everywhere]);
        foreach (var grant in grants.Where(grant => !grant.Span.IsOrganization).OrderBy(grant => grant.Span.First).ThenByDescending(grant => grant.Span.Last))
        {
            CloseBefore(grant.Span.First, open, segments);
            open.Push(open.Peek().With(grant));
            Begin(open.Peek().SegmentFrom(grant.Span.First), segments);
        }
        CloseBefore(int.MaxValue, open, segments);
        return [.. segments];
    }

    private static void CloseBefore(int place, Stack<Open> open, List<AccessSegment> segments)
    {
        while (open.Peek().Last < place)
        {
            var end = open.Pop().Last + 1;
            Begin(open.Peek().SegmentFrom(end), segments);
        }
    }

    // Where several begin at the same place the last one counts: it is the innermost on the way in, and the outermost on the way out.
    private static void Begin(AccessSegment segment, List<AccessSegment> segments)
    {
        if (segments[^1].First == segment.First)
            segments[^1] = segment;
        else
            segments.Add(segment);
    }

    /// <summary>All that counts within a grant and those around it.</summary>
    private sealed record Open(int Last, PermissionSet Allowed, PermissionSet Denied, SensitivityLevel Clearance)
    {
        public Open With(GraphGrant grant) => new(
            grant.Span.Last, Allowed.Union(grant.Role.Allows), Denied.Union(grant.Role.Denies), grant.Role.Clearance > Clearance ? grant.Role.Clearance : Clearance);

        public AccessSegment SegmentFrom(int first) => new(first, Allowed.Except(Denied), Clearance);
    }
}
