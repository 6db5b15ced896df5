using System.Net;
using CrossAudit.Server.Features.Webhooks.Delivery;
using CrossAudit.Server.Features.Webhooks.Signing;
using Microsoft.AspNetCore.Http;

namespace CrossAudit.Tests.Features.Webhooks;

/// <summary>Whoever sets up a webhook reaches nothing by it that only the server can reach.</summary>
public sealed class PrivateNetworksAreOutOfReach
{
    private static readonly WebhookMessage Message = new("msg_1", "{}"u8.ToArray());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_that_is_not_on_the_internet_is_refused(string address) => Assert.False(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2606:4700:4700::1111")]
    public void An_address_on_the_internet_is_allowed(string address) => Assert.True(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://localhost:{0}/")]
    public async Task No_way_of_writing_the_loopback_address_gets_through(string url)
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => Task.CompletedTask, Stop);
        var target = new Uri(string.Format(null, url, receiver.Url.Port));
        using var open = Sender(Dns.GetHostAddressesAsync, allowPrivateNetworks: true);
        Assert.True((await SendAsync(open, target)).IsDelivered);

        using var guarded = Sender(Dns.GetHostAddressesAsync, allowPrivateNetworks: false);
        Assert.Equal((null, "The host has no address on a public network."), Told(await SendAsync(guarded, target)));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_connected_to_at_the_address_that_was_checked()
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => Task.CompletedTask, Stop);
        // Only this look-up knows the name: a second one, made by the connection itself, would find nothing.
        var (url, lookups) = (new Uri($"http://rebinding.example:{receiver.Url.Port}/"), 0);
        HostLookup lookup = (host, _) => Task.FromResult<IPAddress[]>(host == "rebinding.example" && ++lookups > 0 ? [IPAddress.Loopback] : []);
        using var open = Sender(lookup, allowPrivateNetworks: true);
        Assert.True((await SendAsync(open, url)).IsDelivered);
        Assert.Equal(1, lookups);

        using var guarded = Sender(lookup, allowPrivateNetworks: false);
        Assert.Equal((null, "The host has no address on a public network."), Told(await SendAsync(guarded, url)));
        Assert.Equal(2, lookups);
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task A_name_that_changes_to_a_private_address_is_refused_from_then_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => Task.CompletedTask, Stop);
        IPAddress[] answer = [];
        using var guarded = Sender((_, _) => Task.FromResult(answer), allowPrivateNetworks: false);
        foreach (var changed in new[] { IPAddress.Loopback, IPAddress.Loopback.MapToIPv6(), IPAddress.IPv6Loopback, IPAddress.Any })
        {
            answer = [changed];
            Assert.Equal((null, "The host has no address on a public network."), Told(await SendAsync(guarded, new Uri($"http://changing.example:{receiver.Url.Port}/"))));
        }
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task A_redirect_leads_nowhere()
    {
        await using var inside = await WebhookReceiver.StartAsync(_ => Task.CompletedTask, Stop);
        await using var receiver = await WebhookReceiver.StartAsync(
            http =>
            {
                http.Response.Redirect(inside.Url.ToString());
                return Task.CompletedTask;
            },
            Stop);
        using var sender = Sender(Dns.GetHostAddressesAsync, allowPrivateNetworks: true);

        var answer = await SendAsync(sender, receiver.Url);
        Assert.Equal((StatusCodes.Status302Found, false), (answer.Status, answer.IsDelivered));
        Assert.Single(receiver.Received);
        Assert.Empty(inside.Received);
    }

    private static (int? Status, string? Failure) Told(WebhookAnswer answer) => (answer.Status, answer.Failure);

    private static WebhookSender Sender(HostLookup lookup, bool allowPrivateNetworks) => new(new GuardedConnection(lookup, allowPrivateNetworks), TimeProvider.System);

    private static Task<WebhookAnswer> SendAsync(WebhookSender sender, Uri url) => sender.SendAsync(url, Message, [SharedSecret.Create()], TimeSpan.FromSeconds(30), Stop);
}
