using System.CommandLine;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit migrate</c>: brings the database up to date, takes it back to a migration, or lists what there is.</summary>
internal static class MigrateCommand
{
    private static readonly Argument<string?> Target = new("to") { Description = "The migration to go to, up or down; 0 for before the first. The newest where left out.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> List = new("--list") { Description = "List the migrations and which of them are applied." };

    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database up to date.") { Target, List };
        command.SetConfiguredAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        await using var services = new ServiceCollection().AddData(SettingsModule.Read(SettingsModule.FromEnvironment())).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        if (arguments.GetValue(List))
            await ListAsync(scope.ServiceProvider.GetRequiredService<AppDbContext>(), stop);
        else
            await services.MigrateAsync(stop, arguments.GetValue(Target));
        return 0;
    }

    private static async Task ListAsync(AppDbContext db, CancellationToken stop)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(stop)).ToHashSet(StringComparer.Ordinal);
        foreach (var migration in db.Database.GetMigrations())
            Console.WriteLine($"{(applied.Contains(migration) ? "applied" : "pending")}  {migration}");
    }
}
