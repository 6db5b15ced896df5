using System.Diagnostics;
using System.Net;
using CrossAudit.Client;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary><c>Prefer: wait=n</c> on a document whose text is being taken out.</summary>
public sealed class ReadersWaitForTheText(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_answer_comes_when_the_status_is_settled(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var id = (await founder.UploadAsync("text.txt", "A bittern hides."u8.ToArray(), Stop)).DocumentId;

        using var answer = await founder.AskAsync(HttpMethod.Get, $"api/documents/{id}", null, ("Prefer", "respond-async, wait=30"));

        Assert.Equal("wait=30", Assert.Single(answer.Headers.GetValues("Preference-Applied")));
        Assert.Contains("\"status\":\"indexed\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory, EveryShape]
    public async Task Nobody_waits_for_what_is_settled_or_not_there_and_no_longer_than_half_a_minute(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var id = (await founder.UploadTextAsync("A bittern hides.")).Id;
        var from = Stopwatch.GetTimestamp();

        using var settled = await founder.AskAsync(HttpMethod.Get, $"api/documents/{id}", null, ("Prefer", "wait=600"));
        var missing = await Assert.ThrowsAsync<CrossAuditException>(() => founder.AskAsync(HttpMethod.Get, $"api/documents/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}", null, ("Prefer", "wait=30")));
        using var nonsense = await founder.AskAsync(HttpMethod.Get, $"api/documents/{id}", null, ("Prefer", "wait=-1, wait, wait=soon"));

        Assert.Equal("wait=30", Assert.Single(settled.Headers.GetValues("Preference-Applied")));
        Assert.Equal((HttpStatusCode.OK, ErrorCodes.NotFound, HttpStatusCode.OK), (settled.StatusCode, missing.Problem.Code, nonsense.StatusCode));
        Assert.False(nonsense.Headers.Contains("Preference-Applied"));
        Assert.True(Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(20));
    }
}
