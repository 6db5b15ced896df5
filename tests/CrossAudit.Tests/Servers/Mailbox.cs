using System.Text.RegularExpressions;
using MimeKit;

namespace CrossAudit.Tests.Servers;

/// <summary>The mails that a server without a mail server leaves in its folder.</summary>
internal static partial class Mailbox
{
    /// <summary>Waits for the mail to an address.</summary>
    public static Task<MimeMessage> WaitForAsync(RunningServer server, string recipient, string subject = "") => WaitForAsync([server], recipient, subject);

    /// <summary>Waits for the mail to an address. Nodes share one outbox, and each writes what it takes from it into a folder of its own: it may be in any.</summary>
    public static Task<MimeMessage> WaitForAsync(IReadOnlyList<RunningServer> nodes, string recipient, string subject = "") =>
        Eventually.FindAsync(
            async () => (await ReadAsync(nodes, recipient)).Where(mail => mail.Subject?.StartsWith(subject, StringComparison.Ordinal) == true).MaxBy(mail => mail.MessageId),
            TimeSpan.FromSeconds(20),
            $"A mail to {recipient}: {subject}");

    /// <summary>Waits for the invitation of an address, and reads its token.</summary>
    public static Task<string> InvitationTokenAsync(RunningServer server, string recipient) => TokenAsync(server, recipient, "Invitation");

    /// <summary>Waits for a mail with a token, the newest of its kind, and reads it.</summary>
    public static Task<string> TokenAsync(RunningServer server, string recipient, string subject) => TokenAsync([server], recipient, subject);

    /// <summary>As above, from any of the nodes.</summary>
    public static async Task<string> TokenAsync(IReadOnlyList<RunningServer> nodes, string recipient, string subject) =>
        Token().Match((await WaitForAsync(nodes, recipient, subject)).TextBody!).Groups[1].Value is { Length: > 0 } token ? token : throw new InvalidOperationException("The mail holds no token.");

    private static async Task<List<MimeMessage>> ReadAsync(IReadOnlyList<RunningServer> nodes, string recipient)
    {
        var mails = new List<MimeMessage>();
        foreach (var folder in nodes.Select(node => node.Settings.MailDirectory).Where(Directory.Exists))
            foreach (var file in Directory.EnumerateFiles(folder, "*.eml"))
                mails.Add(await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken));
        return [.. mails.Where(mail => mail.To.Mailboxes.Any(to => to.Address == recipient))];
    }

    [GeneratedRegex(@"^([A-Za-z0-9_-]{43})\s*$", RegexOptions.Multiline)]
    private static partial Regex Token();
}
