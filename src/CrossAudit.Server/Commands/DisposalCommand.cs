using System.CommandLine;
using System.Text.Json.Nodes;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Features.Documents.Retention.Disposals;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit disposal verify FILE</c>: checks a disposal certificate, without a server and without a database.</summary>
internal static class DisposalCommand
{
    private const int Refused = 1;

    private static readonly Argument<FileInfo> Certificate = new("FILE") { Description = "What GET /api/documents/retention/disposals/{id} answered, or the certificate alone." };
    private static readonly Option<string?> Key = new("--key") { Description = "The verifier key that you know to be the server's. Without it the file's own is taken, which proves only that nothing was altered since." };

    public static Command Create()
    {
        var verify = new Command("verify", "Check a certificate offline: 0 if it holds, 1 if not.") { Certificate, Key };
        verify.SetAction(async (arguments, stop) => Verify(await File.ReadAllTextAsync(arguments.GetValue(Certificate)!.FullName, stop), arguments.GetValue(Key)));
        return new Command("disposal", "Certificates of destroyed documents.") { verify };
    }

    private static int Verify(string file, string? key)
    {
        try
        {
            var (note, own) = Read(file);
            if ((key ?? own) is not { } verifierKey)
                return Refuse("The file names no key: say --key.");
            if (SignedNote.Verify(note, verifierKey) is not { } text)
                return Refuse("The signature does not hold: this was altered, or signed with another key.");
            var certificate = JsonNode.Parse(text)!.AsObject();
            if (certificate["form"]?.ToString() != DisposalCertificate.Form)
                return Refuse("It is signed, and no disposal certificate.");
            Console.WriteLine($"""
                The signature holds, by {verifierKey.Split('+')[0]}{(key is null ? " with the key that stands in the file itself: compare it with the one you know" : "")}.
                Destroyed: "{certificate["document"]!["title"]}" ({certificate["document"]!["id"]}), {certificate["versions"]!.AsArray().Count} versions, {certificate["disposed_at"]}
                Rule: {certificate["rule"]!["source"]}, {certificate["rule"]!["retention_period"]} days, kept until {certificate["rule"]!["retained_until"]}
                """);
            return 0;
        }
        catch (Exception unreadable) when (unreadable is FormatException or System.Text.Json.JsonException or InvalidOperationException)
        {
            return Refuse($"It cannot be read: {unreadable.Message}");
        }
    }

    private static (string Note, string? Key) Read(string file)
    {
        // A note begins with a JSON object as well, and goes on below it.
        if (file.Contains("\n\n— ", StringComparison.Ordinal))
            return (file, null);
        var answer = JsonNode.Parse(file)!.AsObject();
        var data = answer["data"]?.AsObject() ?? answer;
        return (data["certificate"]?.ToString() ?? throw new FormatException("There is no certificate in it."), data["public_key"]?.ToString());
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Refused;
    }
}
