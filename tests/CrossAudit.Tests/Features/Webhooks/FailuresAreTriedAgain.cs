using CrossAudit.Server.Features.Webhooks;
using CrossAudit.Server.Features.Webhooks.Delivery;

namespace CrossAudit.Tests.Features.Webhooks;

/// <summary>When a failed delivery is tried again, and which events a webhook hears of.</summary>
public sealed class FailuresAreTriedAgain
{
    private static readonly string[] Actions = ["document.created", "document.version_added", "documents.exported", "message.sent"];

    [Fact]
    public void A_delivery_is_tried_ten_times_over_three_days()
    {
        double[] seconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
        for (var attempt = 1; attempt <= seconds.Length; attempt++)
            Assert.InRange(RetrySchedule.Default.After(attempt, null)!.Value.TotalSeconds, seconds[attempt - 1], seconds[attempt - 1] * 1.1);
        Assert.Null(RetrySchedule.Default.After(seconds.Length + 1, null));
        Assert.Null(RetrySchedule.Default.After(seconds.Length + 1, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_failed_together_does_not_return_together() =>
        Assert.True(Enumerable.Range(0, 100).Select(_ => RetrySchedule.Default.After(9, null)).Distinct().Count() > 1);

    [Fact]
    public void A_receiver_may_ask_for_a_longer_pause_up_to_a_day_and_for_no_shorter_one()
    {
        Assert.Equal(TimeSpan.FromMinutes(10), RetrySchedule.Default.After(1, TimeSpan.FromMinutes(10)));
        Assert.Equal(TimeSpan.FromDays(1), RetrySchedule.Default.After(1, TimeSpan.FromDays(365)));
        Assert.True(RetrySchedule.Default.After(4, TimeSpan.FromSeconds(1)) >= TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData("*", "document.created", "document.version_added", "documents.exported", "message.sent")]
    [InlineData("document.*", "document.created", "document.version_added")]
    [InlineData("message.sent", "message.sent")]
    [InlineData("message.*", "message.sent")]
    [InlineData("doc*")]
    [InlineData(".*")]
    [InlineData("document")]
    [InlineData("Document.*")]
    [InlineData("")]
    public void A_pattern_covers_its_own_resource_and_no_other(string pattern, params string[] covered)
    {
        Assert.Equal(covered, Actions.Where(action => EventPattern.Covers(pattern, action)));
        Assert.Equal(covered.Length > 0, EventPattern.IsKnown(pattern, Actions));
    }
}
