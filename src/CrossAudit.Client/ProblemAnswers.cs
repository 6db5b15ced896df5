using System.Text.Json;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Client;

/// <summary>Reads refusals, whoever wrote them: what stands between client and server answers in forms of its own.</summary>
internal static class ProblemAnswers
{
    private const int LongestProblem = 256 * 1024;

    public static async Task<CrossAuditException> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var known = ByStatus(answer);
        // The status of the answer itself counts, not the copy in its body.
        var problem = await TryParseAsync(answer, stop) is { } told
            ? told with { Status = known.Status, Title = told.Title ?? known.Title, Errors = told.Errors ?? known.Errors }
            : known;
        return new CrossAuditException(problem, answer.Headers.RetryAfter?.Delta);
    }

    /// <summary>The problem as far as the status alone tells it.</summary>
    public static Problem ByStatus(HttpResponseMessage answer) => new()
    {
        Status = (int)answer.StatusCode,
        // HTTP/2 and later send no reason phrase.
        Title = string.IsNullOrEmpty(answer.ReasonPhrase) ? answer.StatusCode.ToString() : answer.ReasonPhrase,
    };

    private static async Task<Problem?> TryParseAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
            return null;
        try
        {
            await answer.Content.LoadIntoBufferAsync(LongestProblem, stop);
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            return await JsonSerializer.DeserializeAsync<Problem>(body, CrossAuditJson.Options, stop);
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException or IOException)
        {
            return null;
        }
    }
}
