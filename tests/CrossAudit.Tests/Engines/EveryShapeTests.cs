namespace CrossAudit.Tests.Engines;

public sealed class EveryShapeTests
{
    private static readonly string[] NoRedis = ["Redis was not found: apt-get install redis-server"];

    [Theory, EveryShape]
    public void A_theory_runs_on_each_shape(Shape shape) => Assert.True(shape is Shape.Embedded || EngineSet.Missing.Count == 0);

    [Fact]
    public void A_missing_engine_skips_the_full_shape_and_says_how_to_get_it()
    {
        var rows = EveryShapeAttribute.Rows(NoRedis, fatal: false).ToDictionary(row => (Shape)row.GetData()[0]!);

        Assert.Null(rows[Shape.Embedded].Skip);
        Assert.Contains("apt-get install redis-server", rows[Shape.Full].Skip, StringComparison.Ordinal);
    }

    [Fact]
    public void On_CI_no_row_is_skipped() => Assert.All(EveryShapeAttribute.Rows(NoRedis, fatal: true), row => Assert.Null(row.Skip));
}
