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
    public static ServiceProvider Open(string folder, string? database)
    {
        var settings = SettingsModule.Read(new ConfigurationBuilder().AddInMemoryCollection([new("CROSSAUDIT_DATA", folder), new("DATABASE_URL", database)]).Build());
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddData(settings).AddMessaging(settings).AddSingleton<AccessGraphs>().BuildServiceProvider();
    }
}
