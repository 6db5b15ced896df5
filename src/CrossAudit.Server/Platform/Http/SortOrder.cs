using System.Linq.Expressions;

namespace CrossAudit.Server.Platform.Http;

/// <summary>The fields that a list can be sorted by, and how: <c>sort=-created_at,title</c>.</summary>
internal sealed class SortOrder<T>(IReadOnlyDictionary<string, Expression<Func<T, object?>>> fields, Expression<Func<T, object?>> tieBreaker)
{
    /// <summary>Names that can be sorted by, for the message that refuses others.</summary>
    public string Names => string.Join(", ", fields.Keys);

    /// <summary>The rows in the order asked for, or null if it names something else.</summary>
    public IOrderedQueryable<T>? Apply(IQueryable<T> rows, string sort)
    {
        IOrderedQueryable<T>? ordered = null;
        foreach (var part in sort.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!fields.TryGetValue(part.TrimStart('-'), out var field))
                return null;
            ordered = (ordered, part[0] == '-') switch
            {
                (null, true) => rows.OrderByDescending(field),
                (null, false) => rows.OrderBy(field),
                ({ } before, true) => before.ThenByDescending(field),
                ({ } before, false) => before.ThenBy(field),
            };
        }
        // Rows that are otherwise equal keep one order, or pages would overlap.
        return ordered?.ThenBy(tieBreaker);
    }
}
