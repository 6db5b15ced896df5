using System.Net;
using System.Runtime.CompilerServices;
using CrossAudit.Contracts.Errors;

namespace CrossAudit.Client;

/// <summary>Makes requests as whoever is signed in: tokens that turn out to have expired are renewed and the request is made once more.</summary>
internal sealed class Api(Wire wire, Session session, string? idempotencyKey = null)
{
    public async Task<HttpResponseMessage> SendAsync(Call call, CancellationToken stop)
    {
        if (idempotencyKey is not null && call.Method == HttpMethod.Post)
            call = call with { IdempotencyKey = idempotencyKey };
        var held = call.IsAnonymous ? null : await session.CurrentAsync(stop);
        try
        {
            return await wire.SendAsync(call, held?.Tokens.AccessToken, stop);
        }
        catch (CrossAuditException refused) when (refused.Problem is { Status: 401, Code: null or ErrorCodes.Unauthenticated } && held is { Tokens.RefreshToken: not null })
        {
            if (await session.RenewedAsync(held, stop) is not { } renewed || !call.CanRepeat)
                throw;
            return await wire.SendAsync(call, renewed.Tokens.AccessToken, stop);
        }
    }

    public async Task<T> ReadAsync<T>(Call call, CancellationToken stop)
    {
        using var answer = await SendAsync(call, stop);
        return await Answers.ReadAsync<T>(answer, stop);
    }

    public async Task<Tagged<T>> ReadTaggedAsync<T>(Call call, CancellationToken stop)
    {
        using var answer = await SendAsync(call, stop);
        return new Tagged<T>(await Answers.ReadAsync<T>(answer, stop), answer.Headers.ETag?.ToString());
    }

    public async Task<PageOf<T>> ReadPageAsync<T>(Query query, CancellationToken stop)
    {
        using var answer = await SendAsync(Call.Get(query), stop);
        return await Answers.ReadPageAsync<T>(answer, stop);
    }

    /// <summary>Reads an answer that is in no envelope, also from a server that is unavailable and says so in the same form.</summary>
    public async Task<T> ReadPlainAsync<T>(string path, CancellationToken stop)
    {
        using var answer = await wire.AskAsync(Call.Get(path), null, stop);
        var isPlain = answer.IsSuccessStatusCode || answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Content.Headers.ContentType.MediaType: "application/json" };
        return isPlain ? await Answers.ReadPlainAsync<T>(answer, stop) : throw await ProblemAnswers.ReadAsync(answer, stop);
    }

    /// <summary>Reads a list page by page: by cursor, or by offset where the order asked for has no cursors.</summary>
    public static async IAsyncEnumerable<T> WalkAsync<T>(Func<string?, int?, Task<PageOf<T>>> read, [EnumeratorCancellation] CancellationToken stop)
    {
        string? cursor = null;
        var offset = 0;
        while (true)
        {
            var page = await read(cursor, cursor is null ? offset : null);
            foreach (var item in page.Items)
            {
                stop.ThrowIfCancellationRequested();
                yield return item;
            }
            if (!page.Meta.HasMore || page.Items.Count == 0)
                yield break;
            cursor = page.Meta.NextCursor;
            offset += page.Items.Count;
        }
    }
}
