using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Client;

/// <summary>Takes successful answers out of their envelope.</summary>
internal static class Answers
{
    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken stop) => (await ReadPlainAsync<Envelope<T>>(answer, stop)).Data;

    public static async Task<PageOf<T>> ReadPageAsync<T>(HttpResponseMessage answer, CancellationToken stop)
    {
        var page = await ReadPlainAsync<Envelope<IReadOnlyList<T>>>(answer, stop);
        return new PageOf<T>(page.Data, page.Meta ?? throw NotOurs(answer, null));
    }

    public static async Task<T> ReadPlainAsync<T>(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            return await JsonSerializer.DeserializeAsync<T>(body, CrossAuditJson.Options, stop) ?? throw NotOurs(answer, null);
        }
        catch (JsonException cause)
        {
            // Such as the sign-in page of a network in between, which says 200 to everything.
            throw NotOurs(answer, cause);
        }
    }

    private static CrossAuditException NotOurs(HttpResponseMessage answer, Exception? cause) =>
        new(ProblemAnswers.ByStatus(answer) with { Detail = "The answer is not of the form that the API gives it: is this a CrossAudit server?" }, cause: cause);
}
