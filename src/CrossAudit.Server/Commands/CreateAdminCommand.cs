using System.CommandLine;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Features.Auth.Accounts;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit create-admin</c>: makes an account that owns an organization, before anybody could sign in.</summary>
internal static class CreateAdminCommand
{
    private const int Refused = 1;

    private static readonly Option<string> Email = new("--email") { Description = "The address to sign in with.", Required = true };
    private static readonly Option<string> Organization = new("--organization") { Description = "The name of the organization to found.", DefaultValueFactory = _ => "Administration" };
    private static readonly Option<bool> PasswordFromInput = new("--password-stdin") { Description = "Read the password from standard input. Left out, one is made and printed." };
    private static readonly Option<bool> Reset = new("--reset") { Description = "If the account exists: give it the password, switch its second factor off, and open it again if it was closed." };

    public static Command Create()
    {
        var command = new Command("create-admin", "Make an account that owns an organization, or let its owner in again.") { Email, Organization, PasswordFromInput, Reset };
        command.SetConfiguredAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        if (!EmailAddress.TryNormalize(arguments.GetValue(Email), out _))
            return Refuse("--email takes an e-mail address, such as ada@example.com.");
        var isMade = !arguments.GetValue(PasswordFromInput);
        var password = isMade ? OpaqueToken.Create().Token : await Console.In.ReadLineAsync(stop) ?? "";
        if (password.Length is < 8 or > 128)
            return Refuse("The password takes 8 to 128 characters.");

        await using var app = Server.Build(SettingsModule.Read(SettingsModule.FromEnvironment()));
        if (app.Services.GetRequiredService<Settings>().PostgresConnection is null)
            await app.Services.MigrateAsync(stop);
        await using var scope = app.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<FirstAdministrator>()
            .CreateAsync(arguments.GetValue(Email)!.Trim(), password, arguments.GetValue(Organization)!, arguments.GetValue(Reset), stop);
        if (outcome.Why is { } why)
            return Refuse(why);
        Console.WriteLine(outcome.Done);
        if (isMade)
            Console.WriteLine($"Password: {password}");
        return 0;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Refused;
    }
}
