using System.CommandLine;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Features.Audit.Offline;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit audit verify FILE</c>: checks an export of the audit trail, without a server and without a database.</summary>
internal static class AuditCommand
{
    private const int Refused = 1;

    private static readonly Argument<FileInfo> Export = new("FILE") { Description = "What GET /api/audit/export?format=ndjson answered." };
    private static readonly Option<FileInfo?> Kept = new("--checkpoint") { Description = "A checkpoint that you kept: the log has to begin with it. For an export of the whole log." };
    private static readonly Option<string?> Key = new("--key") { Description = "The verifier key that you know to be the log's. Without it the file's own is taken, which proves only that nothing was altered since." };

    public static Command Create()
    {
        var verify = new Command("verify", "Check an export offline: 0 if all holds, 1 if not.") { Export, Key, Kept };
        verify.SetAction((arguments, stop) => VerifyAsync(arguments.GetValue(Export)!, arguments.GetValue(Key), arguments.GetValue(Kept), stop));
        var rotate = new Command("rotate-key", "Make a new key for checkpoints and certificates. What was signed before still verifies, with the key of before.");
        rotate.SetConfiguredAction(async (_, stop) => await RotateAsync(stop));
        return new Command("audit", "The audit trail: exports of it, and the key that vouches for it.") { verify, rotate };
    }

    private static async Task<int> RotateAsync(CancellationToken stop)
    {
        await using var app = Server.Build(SettingsModule.Read(SettingsModule.FromEnvironment()));
        if (app.Services.GetRequiredService<Settings>().PostgresConnection is null)
            await app.Services.MigrateAsync(stop);
        Console.WriteLine($"The server's key is now {await app.Services.GetRequiredService<Signer>().RotateAsync(stop)}");
        Console.WriteLine("Running servers sign with it within a minute. The verifier key of each log is in its next checkpoint: hand it to whoever checks.");
        return 0;
    }

    private static async Task<int> VerifyAsync(FileInfo file, string? key, FileInfo? kept, CancellationToken stop)
    {
        var verification = new ExportVerification();
        try
        {
            await verification.RunAsync(File.ReadLinesAsync(file.FullName, stop), key, kept is null ? null : await File.ReadAllTextAsync(kept.FullName, stop), stop);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Refuse(unreadable.Message);
        }
        if (verification.Problem is { } problem)
            return Refuse(problem);
        Console.WriteLine(Report(verification, key));
        return 0;
    }

    private static string Report(ExportVerification found, string? key)
    {
        if (found.Header is not { Checkpoint: { } checkpoint } header)
            return "It holds, and there is nothing in it: no event is sealed yet.";
        return $"""
            It holds.
            Checkpoint: {checkpoint.Origin}, {checkpoint.Size} events, signed with {header.VerifierKey}{(key is null ? ", the key that stands in the file itself: compare it with the one you know" : "")}
            Checked: {found.Events} events, each with its place in the log{(header.IsComplete ? ", and that none of the log is missing" : "")}{(found.Kept is { } kept ? $", and that it begins with the {kept.Size} events of the checkpoint that you kept" : "")}
            Not checked: {NotChecked(found, header)}
            """;
    }

    private static string NotChecked(ExportVerification found, ExportHeader header)
    {
        var left = new List<string>();
        if (found.Erased > 0)
            left.Add($"what the erased personal part of {found.Erased} events said");
        if (found.Withheld > 0)
            left.Add($"the personal part of {found.Withheld} events that was kept back from whoever made the export");
        if (!header.IsComplete)
            left.Add("whether other events of the log should be here: it is a selection");
        if (found.Kept is null)
            left.Add("that the log has not been replaced as a whole: for that name a checkpoint that you kept, with --checkpoint");
        return string.Join("; ", left);
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Refused;
    }
}
