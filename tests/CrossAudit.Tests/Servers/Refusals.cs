using System.Text;
using System.Text.Json;
using CrossAudit.Client;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Tests.Servers;

/// <summary>Refusals: what they say, and that they leave no trace.</summary>
internal static class Refusals
{
    /// <summary>Proves that a call is refused so and that nothing of the person's organization was written.</summary>
    public static async Task<Problem> RefusesAsync(this RunningServer server, Person person, int status, string code, Func<Task> call)
    {
        var before = await StoredRows.OfAsync(server, person.OrganizationId);
        var refused = await Assert.ThrowsAsync<CrossAuditException>(call);
        Assert.Equal((status, code), (refused.Problem.Status, refused.Problem.Code));
        Assert.Equal(before, await StoredRows.OfAsync(server, person.OrganizationId));
        return refused.Problem;
    }

    /// <summary>A raw request whose refusal is thrown as the typed client throws it.</summary>
    public static async Task<HttpResponseMessage> AskAsync(this Person person, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var answer = await person.SendAsync(method, path, content, headers);
        if ((int)answer.StatusCode < 400)
            return answer;
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        throw new CrossAuditException(JsonSerializer.Deserialize<Problem>(body, CrossAuditJson.Options)!, answer.Headers.RetryAfter?.Delta);
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>A value as it would travel: equal texts are equal values, lists included.</summary>
    public static string AsJson<T>(this T value) => JsonSerializer.Serialize(value, CrossAuditJson.Options);

    /// <summary>Asks until it is so, and fails after half a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, TestContext.Current.CancellationToken);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, either.Token);
    }
}
