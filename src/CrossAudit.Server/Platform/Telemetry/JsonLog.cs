using CrossAudit.Server.Platform.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace CrossAudit.Server.Platform.Telemetry;

/// <summary>The log: one JSON object a line, on standard error, with the trace id of the request it belongs to.</summary>
internal static class JsonLog
{
    public static void AddJsonLog(this ILoggingBuilder logging, Settings settings)
    {
        logging.ClearProviders();
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            console.IncludeScopes = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(settings.Debug ? LogLevel.Debug : LogLevel.Information);
        // Every request and every statement: an operator who wants them sets DEBUG. Sockets' tokens may stand in a request line.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // A statement that fails throws, and is logged by whoever the exception reaches: once, and only where it was not expected.
        logging.AddFilter("Microsoft.EntityFrameworkCore", settings.Debug ? LogLevel.Information : LogLevel.Critical);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // What fails as the server starts is thrown as well: whoever it reaches tells it, in one line where the settings are to blame.
        logging.Services.AddOptions<LoggerFilterOptions>().Configure<IServiceProvider>((filters, services) => filters.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host",
            level => level >= LogLevel.Warning && services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested));
    }
}
