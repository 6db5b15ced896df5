using System.Net;
using System.Net.Sockets;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Platform.Configuration;

/// <summary>The program itself, started with settings that it cannot use.</summary>
public sealed class TheProcessIsConfigured : IDisposable
{
    private const int ConfigurationError = 78;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData()]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("openapi")]
    public async Task A_wrong_setting_ends_it_with_78_and_one_line(params string[] words)
    {
        var (code, output, error) = await RunAsync(words, ("MAX_FILE_SIZE", "lots"));

        Assert.Equal((ConfigurationError, ""), (code, output));
        Assert.Equal("MAX_FILE_SIZE is \"lots\", but takes a whole number from 1024 to 10737418240.", Assert.Single(Lines(error)));
    }

    [Fact]
    public async Task A_secret_does_not_get_onto_the_screen()
    {
        var (code, output, error) = await RunAsync([], ("JWT_SECRET_KEY", "hunter2"));

        Assert.Equal((ConfigurationError, ""), (code, output));
        Assert.StartsWith("JWT_SECRET_KEY is shorter", Assert.Single(Lines(error)), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_read_from_the_file_beside_it_and_the_environment_wins()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, ".env"), "# ours\nMAX_FILE_SIZE=from-the-file\n", TestContext.Current.CancellationToken);

        var file = await RunAsync([]);
        var environment = await RunAsync([], ("MAX_FILE_SIZE", "from-the-environment"));

        Assert.Contains("\"from-the-file\"", Assert.Single(Lines(file.Error)), StringComparison.Ordinal);
        Assert.Contains("\"from-the-environment\"", Assert.Single(Lines(environment.Error)), StringComparison.Ordinal);
        Assert.Equal((ConfigurationError, ConfigurationError), (file.Code, environment.Code));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";

        var (code, output, error) = await RunAsync([], ("CROSSAUDIT_URLS", url));

        Assert.Equal((ConfigurationError, ""), (code, output));
        Assert.StartsWith($"CROSSAUDIT_URLS is \"{url}\", but takes addresses that are free to listen on (", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("migrate")]
    [InlineData("create-admin", "--email", "ada@example.org")]
    public async Task A_data_folder_that_cannot_be_written_to_is_named(params string[] words)
    {
        // Also where the account may write everywhere: there is a file where the folder would have to be.
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var folder = Path.Combine(file, "data");

        var (code, output, error) = await RunAsync(words, ("CROSSAUDIT_DATA", folder));

        Assert.Equal((ConfigurationError, ""), (code, output));
        Assert.StartsWith($"CROSSAUDIT_DATA is \"{folder}\", but takes a folder that the server can write to (", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string[] words, params (string Name, string Value)[] settings) => CommandRun.RunAsync(_folder.Path, words, settings: settings);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
