using System.Globalization;
using CrossAudit.Contracts.Health;
using CrossAudit.Server.Platform.Mail;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Platform.Mail;

public sealed class TheMailServerIsAway(ServerSet servers)
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly int _port = FreePort.Next();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task Mail_waits_where_it_can_be_seen_and_goes_out_when_it_is_back(Shape shape)
    {
        await using var server = await StartAsync(shape);
        var founder = await Person.FounderAsync(server);
        Assert.Equal("healthy", (await MailHealthAsync(server)).Status);

        await AdvanceUntilAsync(server, TimeSpan.FromMinutes(5), mail => mail.Attempts > 10);
        Assert.Null((await MailAsync(server)).Failure);
        Assert.Equal(("unhealthy", "Mails that have waited for over 10 minutes: 1."), await SeenAsync(server));

        using var sink = new SmtpSink(port: _port);
        var attempts = (await MailAsync(server)).Attempts;
        // The clock stands still while the mail is under way, so that it cannot run into its time limit.
        await AdvanceUntilAsync(server, TimeSpan.FromMinutes(5), mail => mail.Attempts > attempts);
        await Eventually.HoldsAsync(async () => (await MailAsync(server)).SentAt is not null, TimeSpan.FromSeconds(30), "The sending");

        Assert.Contains($"To: {founder.Email}", Assert.Single(sink.Mails), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("healthy", (await MailHealthAsync(server)).Status);
    }

    [Theory, EveryShape]
    public async Task After_three_days_it_is_given_up_and_an_administrator_sees_it(Shape shape)
    {
        await using var server = await StartAsync(shape);
        await Person.FounderAsync(server);

        await AdvanceUntilAsync(server, TimeSpan.FromHours(2), mail => mail.Failure is not null);

        var mail = await MailAsync(server);
        Assert.True(_clock.GetUtcNow() - mail.CreatedAt > TimeSpan.FromDays(3));
        Assert.Null(mail.DueAt);
        Assert.NotNull(mail.Text);
        Assert.Equal(("unhealthy", "Mails that were given up: 1."), await SeenAsync(server));
    }

    [Theory, EveryShape]
    public async Task An_address_that_the_mail_server_refuses_is_given_up_soon(Shape shape)
    {
        using var sink = new SmtpSink(port: _port, knowsNobody: true);
        await using var server = await StartAsync(shape);
        await Person.FounderAsync(server);

        await AdvanceUntilAsync(server, TimeSpan.FromSeconds(1), mail => mail.Failure is not null);

        Assert.Equal(5, (await MailAsync(server)).Attempts);
        Assert.Empty(sink.Mails);
        Assert.Equal(("unhealthy", "Mails that were given up: 1."), await SeenAsync(server));
    }

    private Task<RunningServer> StartAsync(Shape shape) => servers.StartAsync(
        shape,
        new Dictionary<string, string?> { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = _port.ToString(CultureInfo.InvariantCulture), ["SMTP_TLS"] = "false" },
        services => services.AddSingleton<TimeProvider>(_clock));

    private Task AdvanceUntilAsync(RunningServer server, TimeSpan step, Predicate<OutgoingMail> holds) => Eventually.HoldsAsync(
        async () =>
        {
            if (holds(await MailAsync(server)))
                return true;
            _clock.Advance(step);
            return false;
        },
        TimeSpan.FromSeconds(90),
        "What the mail comes to");

    // The only mail of its server: it confirms the founder's address.
    private static async Task<OutgoingMail> MailAsync(RunningServer server) => Assert.Single(await Stored.AllAsync<OutgoingMail>(server));

    private static async Task<ComponentView> MailHealthAsync(RunningServer server) => (await server.NewClient().Health.ReadyAsync(Stop)).Components!["mail"];

    private async Task<(string Status, string? Detail)> SeenAsync(RunningServer server)
    {
        // Answers are kept for two seconds.
        _clock.Advance(TimeSpan.FromSeconds(3));
        var seen = await MailHealthAsync(server);
        return (seen.Status, seen.Detail);
    }
}
