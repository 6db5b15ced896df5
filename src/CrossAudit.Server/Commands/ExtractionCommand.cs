using System.CommandLine;
using CrossAudit.Server.Features.Documents.Extraction;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit extract</c>: the parser's child process. The server starts it; nobody else has a use for it.</summary>
internal static class ExtractionCommand
{
    public static Command Create()
    {
        var command = new Command("extract", "Extract text as the server's child process.") { Hidden = true };
        command.SetAction((_, stop) => ExtractCommand.RunAsync(stop));
        return command;
    }
}
