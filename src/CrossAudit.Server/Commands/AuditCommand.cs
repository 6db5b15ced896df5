using System.CommandLine;
using CrossAudit.Server.Features.Audit.Offline;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit audit verify FILE</c>: checks an export of the audit trail, without a server and without a database.</summary>
internal static class AuditCommand
{
    private const int Refused = 1;

    private static readonly Argument<FileInfo> Export = new("FILE") { Description = "What GET /api/audit/export?format=ndjson answered." };
    private static readonly Option<string?> Key = new("--key") { Description = "The verifier key that you know to be the log's. Without it the file's own is taken, which proves only that nothing was altered since." };

    public static Command Create()
    {
        var verify = new Command("verify", "Check an export offline: 0 if all holds, 1 if not.") { Export, Key };
        verify.SetAction((arguments, stop) => VerifyAsync(arguments.GetValue(Export)!, arguments.GetValue(Key), stop));
        return new Command("audit", "Exports of the audit trail.") { verify };
    }

    private static async Task<int> VerifyAsync(FileInfo file, string? key, CancellationToken stop)
    {
        var verification = new ExportVerification();
        try
        {
            await verification.RunAsync(File.ReadLinesAsync(file.FullName, stop), key, stop);
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
            Checked: {found.Events} events, each with its place in the log{(header.IsComplete ? ", and that none of the log is missing" : "")}
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
        left.Add("that the log has not been replaced as a whole: for that compare the checkpoint with one kept elsewhere");
        return string.Join("; ", left);
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Refused;
    }
}
