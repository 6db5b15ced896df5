using System.CommandLine;
using System.Net.Sockets;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Connections;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit serve</c>, also without a word: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Option<bool> MigrateFirst { get; } = new("--migrate") { Description = "Bring the database up to date first. SQLite is brought up to date always." };

    public static Command Create()
    {
        var command = new Command("serve", "Run the server (the default).") { MigrateFirst };
        command.SetConfiguredAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        var settings = SettingsModule.Read(SettingsModule.FromEnvironment());
        var model = ModelBuilding.BeginAsync(settings);
        await using var app = Server.Build(settings);
        await model;
        if (settings.PostgresConnection is null || arguments.GetValue(MigrateFirst))
            await app.Services.MigrateAsync(stop);
        await ListenAsync(app, settings, stop);
        Welcome(settings);
        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    private static async Task ListenAsync(WebApplication app, Settings settings, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        // The framework's words name the address; a taken one comes wrapped, others (a port below 1024, an address of another machine) do not.
        catch (Exception cause) when (cause is SocketException or IOException { InnerException: AddressInUseException })
        {
            throw SettingsReader.Refuse("CROSSAUDIT_URLS", string.Join(",", settings.Urls), $"addresses that are free to listen on ({cause.Message.TrimEnd('.')})");
        }
    }

    private static void Welcome(Settings settings)
    {
        var url = settings.PublicUrl.ToString().TrimEnd('/');
        Console.WriteLine($"""

            CrossAudit {Product.Version} is listening on {string.Join(", ", settings.Urls)}
              API            {url}/api
              API reference  {url}/docs   {url}/redoc
              Health         {url}/health
              Engines        {(settings.PostgresConnection is null ? $"SQLite in {settings.DataDirectory}" : "PostgreSQL")}, {(settings.S3 is null ? "files on disk" : "files in S3")}, {(settings.RedisConnection is null ? "messages in process" : "messages by Redis")}

            """);
    }
}
