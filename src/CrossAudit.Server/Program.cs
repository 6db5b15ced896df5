using System.CommandLine;
using CrossAudit.Server.Commands;

var crossaudit = new RootCommand("CrossAudit: governs an organization's documents, lets it talk about them, and proves who did what.")
{
    MigrateCommand.Create(),
    OpenApiCommand.Create(),
    RotateSigningKeyCommand.Create(),
    ExtractionCommand.Create(),
    ServeCommand.MigrateFirst,
};
crossaudit.SetConfiguredAction(ServeCommand.RunAsync);
crossaudit.Add(ServeCommand.Create());

// The host ends on a signal by itself, once what is under way is done.
return await crossaudit.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
