using System.Linq.Expressions;
using CrossAudit.Contracts.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace CrossAudit.Server.Platform.Data;

/// <summary>The one rule by which a query sees a row: its label is within the level that holds in its department.</summary>
internal static class ReachFilter
{
    // As parameters, not as lists of values: the statement is the same for everybody, and is prepared once.
    private static readonly Expression<Func<Reach, Guid?, SensitivityLevel, bool>> Rule = (reach, department, label) =>
        (label <= reach.Level && (department == null || !EF.Parameter(reach.Barred).Contains(department.Value)))
        || (department != null
            && (EF.Parameter(reach.Restricted).Contains(department.Value)
                || (label <= SensitivityLevel.Confidential && EF.Parameter(reach.Confidential).Contains(department.Value))
                || (label <= SensitivityLevel.Internal && EF.Parameter(reach.Internal).Contains(department.Value))
                || (label <= SensitivityLevel.Public && EF.Parameter(reach.Public).Contains(department.Value))));

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
