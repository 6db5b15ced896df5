using System.Diagnostics;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Docs;

/// <summary>A newcomer pastes the README's tour into a shell, and sees what it says they will see.</summary>
public sealed class TheTourWorks(ServerSet servers)
{
    private const string Address = "http://127.0.0.1:9000";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_readmes_tour_runs_word_for_word()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        using var folder = new ScratchFolder();
        // The data folder lies to the tour's folder as it does where `dotnet run` starts the server.
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["CROSSAUDIT_DATA"] = Path.Combine(folder.Path, "data") });
        var tour = string.Concat(DocumentationPages.BlocksOf("README.md", "bash"));
        Assert.Equal(2, tour.Split(Address).Length);

        var (exitCode, said) = await RunAsync(tour.Replace(Address, server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal), folder.Path);

        Assert.True(exitCode == 0, said);
        Assert.All(
            [
                "\nindexed\n", "\"document_title\":\"AI policy\"", "The board sets the risk tolerance once a year.", "\"heading_path\":\"Use of AI systems > Risk tolerance\"",
                "\"highlights\":[{\"start\":", "\nWho sets it for this year?\n",
                "\"ada@example.org\",\"action\":\"organization.created\"", "\"system\",\"action\":\"document.indexed\"", "\"ada@example.org\",\"action\":\"document.searched\"",
                "\"ada@example.org\",\"action\":\"message.sent\"", "\"grace@example.org\",\"action\":\"invitation.accepted\"",
            ],
            expected => Assert.Contains(expected, "\n" + said, StringComparison.Ordinal));
    }

    /// <summary>Runs a script that stops at the first command that fails; answers its exit code and what it printed.</summary>
    private static async Task<(int ExitCode, string Said)> RunAsync(string script, string folder)
    {
        var file = Path.Combine(folder, "tour.sh");
        await File.WriteAllTextAsync(file, script, Stop);
        // One stream for both, so that an error stands where it happened.
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec bash -eu tour.sh 2>&1"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var bash = Process.Start(start)!;
        try
        {
            var said = await bash.StandardOutput.ReadToEndAsync(limit.Token);
            await bash.WaitForExitAsync(limit.Token);
            return (bash.ExitCode, said);
        }
        finally
        {
            if (!bash.HasExited)
                bash.Kill(entireProcessTree: true);
        }
    }
}
