using System.CommandLine;
using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Commands;

/// <summary>How a command ends whose settings cannot be used: one line that says what to do, and sysexits' EX_CONFIG.</summary>
internal static class ConfiguredAction
{
    private const int ConfigurationError = 78;

    /// <summary>Runs <paramref name="action"/>, which reads the settings.</summary>
    public static void SetConfiguredAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) => command.SetAction(async (arguments, stop) =>
    {
        try
        {
            return await action(arguments, stop);
        }
        catch (SettingsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ConfigurationError;
        }
    });
}
