using CrossAudit.Server.Features.Auth;

namespace CrossAudit.Tests.Features.Auth;

/// <summary>
/// The rules of refresh tokens, played through in every order that clients can act in. Each step is one client asking with the token it holds; the
/// server decides by the very code that production runs. An answer can get lost on its way.
/// </summary>
public sealed class RefreshRotationTests
{
    private const int Steps = 9;

    [Fact]
    public void Tabs_of_one_browser_that_share_their_tokens_are_never_signed_out()
    {
        // Three tabs: each reads the shared token, asks, and writes down the answer, in every order; every answer may get lost; then the others retry.
        var games = 0;
        Play(new World(Clients: 3), Steps, world => world.TabMoves(), world =>
        {
            games++;
            Assert.True(world.Server.IsAlive, $"Signed out by {world.Story}");
            Assert.Equal(world.Server.Generation, world.NewestIssued);
        });
        Assert.True(games > 10_000, $"Only {games} games were played.");
    }

    [Fact]
    public void A_stolen_token_that_both_its_owner_and_the_thief_use_ends_the_session()
    {
        // The owner (two tabs) and a thief who copied a token; everybody goes on with what they hold, in every order, later than the grace.
        var (games, caught) = (0, 0);
        Play(new World(Clients: 3), Steps, world => world.TheftMoves(), world =>
        {
            games++;
            if (world.UsedByBoth)
            {
                caught++;
                Assert.False(world.Server.IsAlive, $"Went unnoticed: {world.Story}");
            }
        });
        Assert.True(games > 1_000 && caught > 500, $"{caught} of {games} games had a theft that both sides used.");
    }

    [Fact]
    public void There_is_one_live_token_whatever_happens()
    {
        Play(new World(Clients: 3), Steps, world => world.TabMoves().Concat(world.TheftMoves()), world =>
            Assert.True(Enumerable.Range(0, world.NewestIssued + 1).Count(world.Server.WouldRotate) <= 1, world.Story));
    }

    [Theory]
    [InlineData(3, 3, 9999, false, RefreshVerdict.Rotate)]
    [InlineData(2, 3, 0, true, RefreshVerdict.Repeat)]
    [InlineData(2, 3, 10, true, RefreshVerdict.Repeat)]
    [InlineData(2, 3, 11, true, RefreshVerdict.Reuse)]
    [InlineData(2, 3, 0, false, RefreshVerdict.Reuse)]
    [InlineData(1, 3, 0, true, RefreshVerdict.Reuse)]
    [InlineData(4, 3, 0, true, RefreshVerdict.Refuse)]
    public void Each_case_has_its_verdict(int presented, int live, int seconds, bool isSameClient, object verdict) =>
        Assert.Equal(verdict, RefreshRotation.Decide(presented, live, TimeSpan.FromSeconds(seconds), isSameClient));

    private static void Play(World world, int left, Func<World, IEnumerable<World>> moves, Action<World> check)
    {
        check(world);
        if (left > 0)
            foreach (var next in moves(world))
                Play(next, left - 1, moves, check);
    }

    /// <summary>The server's side: what a session's row holds.</summary>
    private sealed record Side(int Generation = 0, int RotatedAt = 0, bool IsAlive = true)
    {
        public bool WouldRotate(int generation) => IsAlive && RefreshRotation.Decide(generation, Generation, TimeSpan.MaxValue, true) == RefreshVerdict.Rotate;

        public (Side After, int? Answer) Ask(int generation, int now)
        {
            if (!IsAlive)
                return (this, null);
            return RefreshRotation.Decide(generation, Generation, TimeSpan.FromSeconds(now - RotatedAt), isSameClient: true) switch
            {
                RefreshVerdict.Rotate => (new Side(Generation + 1, now), Generation + 1),
                RefreshVerdict.Repeat => (this, Generation),
                RefreshVerdict.Reuse => (this with { IsAlive = false }, null),
                _ => (this, null),
            };
        }
    }

    private sealed record World(int Clients)
    {
        private const int Hour = 3600;

        public Side Server { get; private init; } = new();

        public int NewestIssued { get; private init; }

        public string Story { get; private init; } = "";

        private int Now { get; init; } = Hour;

        /// <summary>What the browser keeps for all its tabs.</summary>
        private int Shared { get; init; }

        /// <summary>What each tab has read and is about to ask with; null for a tab that is at rest.</summary>
        private int?[] Reading { get; init; } = new int?[Clients];

        /// <summary>What the thief holds; null before the theft.</summary>
        private int? Stolen { get; init; }

        // After the theft: whether each side has renewed with the stolen generation or what grew from it.
        private bool OwnerUsed { get; init; }

        private bool ThiefUsed { get; init; }

        public bool UsedByBoth => OwnerUsed && ThiefUsed;

        /// <summary>Somebody's access token expires and they read the shared token, or ask with what they have read.</summary>
        public IEnumerable<World> TabMoves()
        {
            for (var tab = 0; tab < Clients; tab++)
            {
                if (Reading[tab] is not { } held)
                {
                    // All that is under way is done within the grace: a new round begins when nobody waits for an answer to the old one.
                    if (Array.TrueForAll(Reading, reading => reading is null || reading == Shared))
                        yield return With(tab, Shared, $"{tab} reads {Shared}. ") with { Now = Array.TrueForAll(Reading, reading => reading is null) ? Now + Hour : Now };
                    continue;
                }
                var (server, answer) = Server.Ask(held, Now);
                var asked = this with { Server = server, Now = Now + 1, NewestIssued = Math.Max(NewestIssued, answer ?? 0) };
                if (answer is { } got)
                    yield return asked.With(tab, null, $"{tab} asks with {held} and gets {got}. ") with { Shared = Math.Max(Shared, got) };
                else
                    yield return asked.With(tab, null, $"{tab} asks with {held} and is refused. ");
                // The answer is lost: the tab asks again with what it has.
                if (answer is not null && asked.Server != Server)
                    yield return asked with { Story = Story + $"{tab} asks with {held} and the answer is lost. " };
            }
        }

        /// <summary>The owner renews, a token is copied, the thief renews; an hour lies between any two acts.</summary>
        public IEnumerable<World> TheftMoves()
        {
            if (Stolen is null)
                yield return this with { Stolen = Shared, Story = Story + $"{Shared} is stolen. " };
            var (server, answer) = Server.Ask(Shared, Now + Hour);
            yield return this with
            {
                Server = server,
                Now = Now + Hour,
                Shared = answer ?? Shared,
                NewestIssued = Math.Max(NewestIssued, answer ?? 0),
                OwnerUsed = OwnerUsed || Stolen is not null,
                Story = Story + $"The owner asks with {Shared}. ",
            };
            if (Stolen is not { } stolen)
                yield break;
            (server, answer) = Server.Ask(stolen, Now + Hour);
            yield return this with
            {
                Server = server,
                Now = Now + Hour,
                Stolen = answer ?? stolen,
                NewestIssued = Math.Max(NewestIssued, answer ?? 0),
                ThiefUsed = true,
                Story = Story + $"The thief asks with {stolen}. ",
            };
        }

        private World With(int tab, int? reading, string step)
        {
            var all = (int?[])Reading.Clone();
            all[tab] = reading;
            return this with { Reading = all, Story = Story + step };
        }
    }
}
