using System.Diagnostics;
using System.Net;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Features.Auth;

/// <summary>How long a refused sign-in takes does not tell whether there is an account. Compared as distributions, taken in turn, so that a busy machine is busy for both.</summary>
public sealed class TimesTellNothing(ServerSet servers)
{
    private const int Samples = 60;
    private const int Tries = 4;

    // Of two equal distributions, |z| is above this once in some 500 comparisons; with the tries, once in 10^10.
    private const double Different = 3.1;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task An_unknown_address_takes_as_long_as_a_wrong_password(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        await AssertAlikeAsync(() => RefusedAsync(server, founder.Email), () => RefusedAsync(server, Person.NewEmail()));
    }

    [Theory, EveryShape]
    public async Task A_deactivated_account_takes_as_long_with_its_right_password(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, former) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        await using (var scope = server.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<User>().Where(user => user.Id == former.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.IsActive, false), Stop);

        await AssertAlikeAsync(() => RefusedAsync(server, founder.Email), () => RefusedAsync(server, former.Email, Person.Password));
    }

    [Theory, EveryShape]
    public async Task An_unknown_address_that_forgot_its_password_is_answered_as_soon_as_a_known_one(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        await AssertAlikeAsync(() => AskForMailAsync(server, founder.Email), () => AskForMailAsync(server, Person.NewEmail()));
    }

    [Theory, EveryShape]
    public async Task What_saves_the_hash_is_told_apart(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);

        // The premise of the others: a request that does what a refused sign-in does, except for the hash.
        var z = await CompareAsync(() => RefusedAsync(server, founder.Email), () => ShowTokenAsync(server));

        Assert.True(z > 2 * Different, $"Requests with a hash and without are not told apart: z = {z:0.0}.");
    }

    private static async Task AssertAlikeAsync(Func<Task> one, Func<Task> other)
    {
        var all = new List<double>();
        for (var i = 0; i < Tries; i++)
        {
            all.Add(await CompareAsync(one, other));
            if (Math.Abs(all[^1]) < Different)
                return;
        }
        Assert.Fail($"The times differ: z = {string.Join(", ", all.Select(z => $"{z:0.0}"))}.");
    }

    private static async Task<double> CompareAsync(Func<Task> one, Func<Task> other)
    {
        var (ones, others) = (new double[Samples], new double[Samples]);
        for (var i = -3; i < Samples; i++)
        {
            // In turn, and in turn first.
            var (first, second) = i % 2 == 0 ? (ones, others) : (others, ones);
            var (a, b) = (await TimeAsync(i % 2 == 0 ? one : other), await TimeAsync(i % 2 == 0 ? other : one));
            if (i >= 0)
                (first[i], second[i]) = (a, b);
        }
        return MannWhitney(ones, others);
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var from = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    // The rank sum test: how many standard deviations the ranks of the first lie above what chance gives. Ranks, so that one stall is one outlier.
    private static double MannWhitney(double[] ones, double[] others)
    {
        var above = ones.Sum(one => others.Sum(other => one > other ? 1.0 : one == other ? 0.5 : 0));
        double n = ones.Length, m = others.Length;
        return (above - (n * m / 2)) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    private static async Task RefusedAsync(RunningServer server, string email, string password = "not the password")
    {
        using var answer = await server.LoginAsync(email, password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task AskForMailAsync(RunningServer server, string email)
    {
        using var answer = await server.PostFromAsync(null, "api/auth/reset-password", new { email });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    // One query and one event as well, and no hash.
    private static async Task ShowTokenAsync(RunningServer server)
    {
        using var answer = await server.PostFromAsync(null, "api/auth/reset-password/confirm", new { token = "nonsense", new_password = "a long enough password" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
