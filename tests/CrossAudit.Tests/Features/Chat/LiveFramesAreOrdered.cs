using CrossAudit.Server.Features.Chat.Live;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Chat;

public sealed class LiveFramesAreOrdered
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<long> _delivered = [];

    [Fact]
    public void Two_that_come_the_wrong_way_round_go_out_in_order()
    {
        using var order = new ThreadOrder(frame => _delivered.Add(frame.SequenceNumber), _clock);

        foreach (var number in new long[] { 1, 3, 2, 4 })
            order.Take(Frame(number));

        Assert.Equal([1, 2, 3, 4], _delivered);
    }

    [Fact]
    public void One_that_never_comes_holds_up_the_others_for_a_moment_however_many_there_are()
    {
        using var order = new ThreadOrder(frame => _delivered.Add(frame.SequenceNumber), _clock);
        order.Take(Frame(1));

        for (var number = 3; number < 10; number++)
        {
            order.Take(Frame(number));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal([1, 3, 4, 5, 6, 7, 8, 9], _delivered);
    }

    private static LiveFrame Frame(long number) => new(Guid.Empty, Guid.Empty, number, 0, null, [], default);
}
