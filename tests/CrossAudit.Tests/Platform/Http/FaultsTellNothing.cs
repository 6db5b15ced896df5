using System.Net;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrossAudit.Tests.Platform.Http;

public sealed class FaultsTellNothing(ServerSet servers)
{
    private const string Inside = "what only the log may say";

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    public async Task A_fault_is_answered_without_its_cause_and_logged_with_it(string accept)
    {
        using var log = new CollectedLog();
        await using var server = await servers.StartAsync(Shape.Embedded, new Dictionary<string, string?> { ["DEBUG"] = "true" }, services => services
            .AddScoped<DocumentList>(_ => throw new InvalidOperationException(Inside))
            .AddSingleton<ILoggerProvider>(log));
        var founder = await Person.FounderAsync(server);

        using var answer = await founder.SendAsync(HttpMethod.Get, "api/documents", null, ("Accept", accept));

        var problem = await answer.IsProblemAsync(HttpStatusCode.InternalServerError, ErrorCodes.ServerFault);
        Assert.DoesNotContain(Inside, problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", problem.GetRawText(), StringComparison.Ordinal);
        var traceId = problem.GetProperty("trace_id").GetString()!;
        Assert.Contains(log.Lines, line => line.Contains(Inside, StringComparison.Ordinal) && line.Contains(traceId, StringComparison.Ordinal));
    }
}
