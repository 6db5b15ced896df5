using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Auth;

public sealed class TheFirstAdministrator : IDisposable
{
    private const string Email = "root@example.org";

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Is_made_by_a_command_before_anybody_could_sign_in_and_let_in_again_by_another()
    {
        var made = await RunAsync(["create-admin", "--email", Email, "--organization", "Head office"]);
        Assert.Equal(0, made.Code);
        var password = made.Output.Split("Password: ")[1].Trim();
        var again = await RunAsync(["create-admin", "--email", Email]);
        Assert.Equal(1, again.Code);
        Assert.Contains("--reset", again.Error, StringComparison.Ordinal);

        await using (var server = await StartAsync())
        {
            var session = await server.NewClient().Auth.LoginAsync(Email, password, Stop);
            Assert.Equal(("Head office", session.User.Id), (session.Organization.Name, session.Organization.OwnerId));
            Assert.Contains(await Stored.AllAsync<AuditEvent>(server), e => (e.Action, e.ActorType, e.TargetUserId) == (AuditActions.UserRegistered, "system", session.User.Id));
        }

        Assert.Equal(0, (await RunAsync(["create-admin", "--email", Email, "--reset", "--password-stdin"], "a password of my own")).Code);
        await using var later = await StartAsync();
        await Assert.ThrowsAsync<CrossAuditException>(() => later.NewClient().Auth.LoginAsync(Email, password, Stop));
        await later.NewClient().Auth.LoginAsync(Email, "a password of my own", Stop);
    }

    [Theory]
    [InlineData("no address", "a password of my own")]
    [InlineData(Email, "short")]
    [InlineData(Email, "password")]
    public async Task Is_not_made_with_what_could_not_sign_in(string email, string password)
    {
        var refused = await RunAsync(["create-admin", "--email", email, "--password-stdin"], password);

        Assert.Equal(1, refused.Code);
        Assert.NotEmpty(refused.Error);
        Assert.DoesNotContain("a password of my own", refused.Output + refused.Error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string[] words, string? input = null) => CommandRun.RunAsync(_folder.Path, words, input);

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(new Dictionary<string, string?> { ["CROSSAUDIT_DATA"] = Path.Combine(_folder.Path, "data") });
}
