using System.CommandLine;
using System.Globalization;
using CrossAudit.Server.Commands;

// Whatever the machine speaks, what the server writes is the same everywhere.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

var crossaudit = new RootCommand("CrossAudit: governs an organization's documents, lets it talk about them, and proves who did what.")
{
    MigrateCommand.Create(),
    OpenApiCommand.Create(),
    CreateAdminCommand.Create(),
    RotateSigningKeyCommand.Create(),
    DisposalCommand.Create(),
    AuditCommand.Create(),
    ExtractionCommand.Create(),
    ServeCommand.MigrateFirst,
};
crossaudit.SetConfiguredAction(ServeCommand.RunAsync);
crossaudit.Add(ServeCommand.Create());

// The host ends on a signal by itself, once what is under way is done.
return await crossaudit.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
