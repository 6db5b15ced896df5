using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Bench;

/// <summary>A server's database without the server: to fill it faster than requests could, and to measure in this process.</summary>
internal static class BenchDatabase
{
    /// <summary>The same for each server that is started on one database.</summary>
    public const string Secret = "bench-only: 4kW9zRq2TfYx7LmCv1Jd6HsBn8GpUe3A";

    public static ServiceProvider Open(string folder, string? database)
    {
        var settings = SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection([new("CROSSAUDIT_DATA", folder), new("DATABASE_URL", database), new("JWT_SECRET_KEY", Secret)]).Build());
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddData(settings).AddMessaging(settings).AddSingleton<AccessGraphs>().BuildServiceProvider();
    }
}
