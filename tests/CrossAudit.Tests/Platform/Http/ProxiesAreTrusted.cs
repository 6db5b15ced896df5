using System.Net;
using CrossAudit.Contracts;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrossAudit.Tests.Platform.Http;

/// <summary>Who the client is, behind proxies and before liars.</summary>
public sealed class ProxiesAreTrusted(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("127.0.0.1", "2001:db8::7", "2001:db8::7")]
    // What the client wrote itself stands to the left of what the proxy saw.
    [InlineData("127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9")]
    // Two proxies in a row.
    [InlineData("127.0.0.1, 10.0.0.0/24", "6.6.6.6, 203.0.113.9, 10.0.0.3, 10.0.0.4", "203.0.113.9")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("10.0.0.0/24", "203.0.113.9", "127.0.0.1")]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    public async Task The_trail_names_the_client(string? trusted, string header, string address)
    {
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["TRUSTED_PROXIES"] = trusted });
        var founder = await Person.FounderAsync(server);

        using var answer = await server.LoginAsync(founder.Email, Person.Password, from: header);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(address, Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.LoginSucceeded)).IpAddress);
    }

    [Theory]
    [InlineData("127.0.0.1", "https", true)]
    [InlineData("127.0.0.1", "http", false)]
    [InlineData(null, "https", false)]
    public async Task HSTS_is_told_to_those_who_came_by_TLS(string? trusted, string scheme, bool isTold)
    {
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["TRUSTED_PROXIES"] = trusted, ["CROSSAUDIT_PUBLIC_URL"] = "https://audit.example.org" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/live")
        {
            Headers = { { "X-Forwarded-For", "203.0.113.9" }, { "X-Forwarded-Proto", scheme }, { "Host", "audit.example.org" } },
        };

        using var answer = await server.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isTold, answer.Header("Strict-Transport-Security") is not null);
    }

    [Fact]
    public async Task The_frameworks_own_variable_makes_nobody_trusted()
    {
        const string Variable = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";
        Environment.SetEnvironmentVariable(Variable, "true");
        try
        {
            await The_trail_names_the_client(null, "203.0.113.9", "127.0.0.1");
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public async Task That_a_proxy_is_not_named_is_said_once()
    {
        using var log = new CollectedLog();
        await using var server = await servers.StartAsync(Shape.Embedded, configure: services => services.AddLogging(logging => logging.AddProvider(log)));

        for (var i = 0; i < 3; i++)
            await server.PostFromAsync("203.0.113.9", "api/auth/login", new { });

        Assert.Single(log.Lines, line => line.Contains("TRUSTED_PROXIES", StringComparison.Ordinal));
    }
}
