using System.CommandLine;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit openapi</c>: prints the API description without running a server.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var command = new Command("openapi", "Print the OpenAPI description of the API.");
        command.SetConfiguredAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        await using var app = Server.Build(SettingsModule.Read(SettingsModule.FromEnvironment()));
        Console.WriteLine(await app.DescribeAsync());
        return 0;
    }
}
