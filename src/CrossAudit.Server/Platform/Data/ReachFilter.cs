using System.Linq.Expressions;
using CrossAudit.Contracts.Documents;
using Microsoft.EntityFrameworkCore.Query;

namespace CrossAudit.Server.Platform.Data;

/// <summary>The one rule by which a query sees a row: its label is within the level that holds in its department.</summary>
internal static class ReachFilter
{
    // The same statement for everybody, however many departments there are. In a department one sees no less than in the organization, unless one is barred.
    private static readonly Expression<Func<Reach, Guid?, SensitivityLevel, bool>> Rule = (reach, department, label) =>
        (label <= reach.Level && (department == null || !reach.Barred.Contains(department.Value.ToString().ToUpper())))
        || (department != null
            && (reach.Restricted.Contains(department.Value.ToString().ToUpper())
                || (label <= SensitivityLevel.Confidential && reach.Confidential.Contains(department.Value.ToString().ToUpper()))
                || (label <= SensitivityLevel.Internal && reach.Internal.Contains(department.Value.ToString().ToUpper()))
                || (label <= SensitivityLevel.Public && reach.Public.Contains(department.Value.ToString().ToUpper()))));

    /// <summary>The rule for a kind of row.</summary>
    /// <param name="reach">That of the context of the running query.</param>
    /// <param name="department">The row's department, or that of what it is part of.</param>
    /// <param name="label">The row's label, or that of what it is part of.</param>
    public static Expression<Func<T, bool>> Of<T>(Expression<Func<Reach>> reach, Expression<Func<T, Guid?>> department, Expression<Func<T, SensitivityLevel>> label)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var body = new ReplacingExpressionVisitor(
            Rule.Parameters,
            [reach.Body, ReplacingExpressionVisitor.Replace(department.Parameters[0], row, department.Body), ReplacingExpressionVisitor.Replace(label.Parameters[0], row, label.Body)]).Visit(Rule.Body);
        return Expression.Lambda<Func<T, bool>>(body, row);
    }
}
