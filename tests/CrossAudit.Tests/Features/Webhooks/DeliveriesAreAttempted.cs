using System.Net;
using CrossAudit.Server.Features.Webhooks.Delivery;
using CrossAudit.Server.Features.Webhooks.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CrossAudit.Tests.Features.Webhooks;

/// <summary>One attempt to deliver, and what its end means.</summary>
public sealed class DeliveriesAreAttempted
{
    private static readonly WebhookMessage Message = new("msg_1", """{"type":"document.created"}"""u8.ToArray());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_arrives_as_it_was_signed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(http => http.Response.WriteAsync("Thanks", Stop), Stop);
        var (secret, key) = (SharedSecret.Create(), PrivateSigningKey.Create());
        using var sender = Sender(TimeProvider.System);

        var answer = await sender.SendAsync(receiver.Url, Message, [secret, key], TimeSpan.FromSeconds(30), Stop);
        Assert.Equal((StatusCodes.Status200OK, true, "Thanks"), (answer.Status, answer.IsDelivered, answer.Body));
        var arrived = receiver.Received.Single();
        Assert.Equal((Message.Id, "application/json; charset=utf-8"), (arrived.Headers["webhook-id"], arrived.Headers["content-type"]));
        Assert.All([secret.Reveal(), key.PublicKey], known => Assert.True(StandardVerification.IsValid(known, arrived.Headers, arrived.Body, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds())));
    }

    [Theory]
    [InlineData(204, true, false)]
    [InlineData(299, true, false)]
    [InlineData(304, false, false)]
    [InlineData(410, false, true)]
    [InlineData(500, false, false)]
    public async Task Only_2xx_is_delivered_and_only_410_ends_a_webhook(int status, bool delivered, bool gone)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Answer(status), Stop);
        using var sender = Sender(TimeProvider.System);
        var answer = await SendAsync(sender, receiver.Url);
        Assert.Equal((status, delivered, gone), (answer.Status, answer.IsDelivered, answer.IsGone));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Mon, 21 Sep 2026 14:15:20 GMT", 320)]
    [InlineData("Mon, 21 Sep 2026 14:00:00 GMT", null)]
    [InlineData("soon", null)]
    public async Task How_long_a_receiver_asks_to_wait_is_heard(string retryAfter, int? seconds)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Answer(503, retryAfter), Stop);
        using var sender = Sender(new FakeTimeProvider(new DateTimeOffset(2026, 9, 21, 14, 10, 0, TimeSpan.Zero)));
        Assert.Equal(seconds, (int?)(await SendAsync(sender, receiver.Url)).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_left_when_the_time_is_up()
    {
        var (asked, clock) = (new TaskCompletionSource(), new FakeTimeProvider());
        await using var receiver = await WebhookReceiver.StartAsync(
            async http =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            },
            Stop);
        using var sender = Sender(clock);
        var attempt = SendAsync(sender, receiver.Url);
        await asked.Task.WaitAsync(Stop);
        Assert.False(attempt.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("No answer within 30 s.", (await attempt).Failure);
    }

    [Fact]
    public async Task Of_an_answer_without_end_only_the_beginning_is_read()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            async http =>
            {
                while (!http.RequestAborted.IsCancellationRequested)
                    await http.Response.WriteAsync(new string('x', 4096), http.RequestAborted);
            },
            Stop);
        using var sender = Sender(TimeProvider.System);
        var answer = await SendAsync(sender, receiver.Url);
        Assert.Equal((200, 16 * 1024), (answer.Status, answer.Body!.Length));
    }

    [Fact]
    public async Task An_answer_of_any_bytes_is_kept_as_text_that_can_be_stored()
    {
        await using var receiver = await WebhookReceiver.StartAsync(http => http.Response.Body.WriteAsync(new byte[] { (byte)'a', 0, 0xFF, (byte)'b' }, Stop).AsTask(), Stop);
        using var sender = Sender(TimeProvider.System);
        Assert.Equal("a\uFFFD\uFFFDb", (await SendAsync(sender, receiver.Url)).Body);
    }

    [Fact]
    public async Task Nobody_there_is_a_failure_and_not_a_fault()
    {
        var receiver = await WebhookReceiver.StartAsync(_ => Task.CompletedTask, Stop);
        var url = receiver.Url;
        await receiver.DisposeAsync();
        using var sender = Sender(TimeProvider.System);
        Assert.Equal("The connection was refused or lost.", (await SendAsync(sender, url)).Failure);
    }

    private static Func<HttpContext, Task> Answer(int status, string? retryAfter = null) => http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null)
            http.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    private static WebhookSender Sender(TimeProvider clock) => new(new GuardedConnection(Dns.GetHostAddressesAsync, allowPrivateNetworks: true), clock);

    private static Task<WebhookAnswer> SendAsync(WebhookSender sender, Uri url) => sender.SendAsync(url, Message, [SharedSecret.Create()], TimeSpan.FromSeconds(30), Stop);
}
