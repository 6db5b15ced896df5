using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace CrossAudit.Tests.Engines;

/// <summary>Runs a theory once on each shape: <c>[Theory, EveryShape] public async Task A_member_reads(Shape shape)</c>.</summary>
/// <remarks>Where an engine is missing, the full shape's row is skipped with the reason; on CI it fails instead.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryShapeAttribute : DataAttribute, IBeforeAfterTestAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new(Rows(EngineSet.Missing, MissingEngines.AreFatal));

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;

    /// <inheritdoc/>
    public void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (test.TestMethodArguments.Contains(Shape.Full) && EngineSet.Missing.Count > 0)
            MissingEngines.SkipOrFail(EngineSet.Missing);
    }

    /// <inheritdoc/>
    public void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // Whatever the test made is its own to clear away.
    }

    /// <summary>The rows; a row that must not be skipped fails in <see cref="Before"/>.</summary>
    internal static IReadOnlyCollection<ITheoryDataRow> Rows(IReadOnlyCollection<string> missing, bool fatal) =>
    [
        new TheoryDataRow<Shape>(Shape.Embedded),
        new TheoryDataRow<Shape>(Shape.Full) { Skip = missing.Count > 0 && !fatal ? MissingEngines.Describe(missing) : null },
    ];
}
