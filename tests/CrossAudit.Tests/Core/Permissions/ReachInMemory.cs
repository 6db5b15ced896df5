using System.Linq.Expressions;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>The rule by which queries see a row, as a function: the very expression that the databases are given.</summary>
internal sealed class ReachInMemory
{
    private readonly Func<Row, bool> _sees;
    private Reach _reach = Reach.Nothing;

    public ReachInMemory() =>
        _sees = new WithoutParameters().VisitAndConvert(ReachFilter.Of<Row>(() => _reach, row => row.Department, row => row.Label), null).Compile();

    public bool Sees(Reach reach, Guid? department, SensitivityLevel label)
    {
        _reach = reach;
        return _sees(new Row(department, label));
    }

    private sealed record Row(Guid? Department, SensitivityLevel Label);

    // EF.Parameter says how a value is sent to a database; in memory it throws.
    private sealed class WithoutParameters : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            node.Method.DeclaringType == typeof(EF) && node.Method.Name == nameof(EF.Parameter) ? Visit(node.Arguments[0]) : base.VisitMethodCall(node);
    }
}
