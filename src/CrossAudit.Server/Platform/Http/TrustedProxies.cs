using CrossAudit.Server.Platform.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace CrossAudit.Server.Platform.Http;

/// <summary>
/// Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the proxies that <c>TRUSTED_PROXIES</c> names, and of nobody else: whoever could write
/// them would choose what stands in the audit trail, and would have a new address for each guess.
/// </summary>
internal static partial class TrustedProxies
{
    /// <summary>Puts the client's address and scheme in place of the proxy's. It stands before everything that asks for them.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<Settings>().TrustedProxies;
        if (trusted.Count == 0)
        {
            app.Use(WarnOnce(app.Logger));
            return;
        }
        // No limit of hops: from the right, each address is taken as long as the one that told it is trusted. The first stranger is the client.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    // Behind a proxy that is not named everybody shares its address, and so its limits.
    private static Func<HttpContext, RequestDelegate, Task> WarnOnce(ILogger logger)
    {
        var isSaid = 0;
        return (http, next) =>
        {
            if (http.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref isSaid, 1) == 0)
                LogIgnored(logger, http.Connection.RemoteIpAddress);
            return next(http);
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "X-Forwarded-For from {Peer} is ignored. If that is your proxy, name it in TRUSTED_PROXIES")]
    private static partial void LogIgnored(ILogger logger, System.Net.IPAddress? peer);
}
