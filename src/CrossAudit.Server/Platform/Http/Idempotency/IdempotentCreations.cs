using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Data;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Platform.Http.Idempotency;

/// <summary>
/// Makes each creation once for an <c>Idempotency-Key</c>, and answers it again to whoever repeats it. It stands before every route that creates, known by
/// its metadata: no feature has to think of it. See docs/adr/0012.
/// </summary>
internal sealed class IdempotentCreations(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // Without a key there is nothing to do, and it costs nothing.
        if (!http.Request.Headers.TryGetValue(IdempotencyKeys.Header, out var sent) || http.GetEndpoint() is not RouteEndpoint route || !IdempotencyKeys.AreTakenBy(route.Metadata))
            return next(http);
        return IdempotencyKeys.Read(sent) is { } key
            ? AnswerOnceAsync(http, route.RoutePattern.RawText!.TrimEnd('/'), key)
            : Problems.Invalid(ErrorCodes.RequestInvalid, $"An {IdempotencyKeys.Header} is 1 to {IdempotencyKeys.Longest} visible characters of ASCII.").ExecuteAsync(http);
    }

    private async Task AnswerOnceAsync(HttpContext http, string route, string key)
    {
        await using var fingerprint = RequestFingerprint.Watch(http.Request);
        var claims = http.RequestServices.GetRequiredService<IdempotencyClaims>();
        switch (await claims.TakeAsync(route, key, http.RequestAborted))
        {
            case ClaimOutcome.Taken taken:
                await MakeAsync(http, claims, taken, fingerprint);
                break;
            case ClaimOutcome.Answered known:
                await AnswerAgainAsync(http, known, await fingerprint.FinishAsync(http.RequestAborted));
                break;
            case ClaimOutcome.AnswerLost:
                await Problems.Conflict(ErrorCodes.IdempotencyAnswerLost, "What you ask for was done, but its answer is lost. Look for it; with a new key it would be done again.").ExecuteAsync(http);
                break;
            default:
                await InFlight(http).ExecuteAsync(http);
                break;
        }
    }

    private async Task MakeAsync(HttpContext http, IdempotencyClaims claims, ClaimOutcome.Taken claim, RequestFingerprint fingerprint)
    {
        http.RequestServices.GetRequiredService<DataScope>().Effect = claim.Effect;
        var connection = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        try
        {
            var captured = new StreamResponseBodyFeature(body);
            http.Features.Set<IHttpResponseBodyFeature>(captured);
            await next(http);
            await captured.CompleteAsync();
            if (IsKept(http.Response.StatusCode))
                await claims.KeepAsync(claim, await fingerprint.FinishAsync(http.RequestAborted), AnswerOf(http.Response, body));
            else
                await claims.ReleaseAsync(claim);
            http.Features.Set(connection);
        }
        catch (Exception failure)
        {
            http.Features.Set(connection);
            await claims.ReleaseAsync(claim);
            // Another request has taken the claim over, and its effect came first.
            if (failure is not DbUpdateException { } lost || !lost.IsLostRace())
                throw;
            http.Response.Clear();
            await InFlight(http).ExecuteAsync(http);
            return;
        }
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }

    // A fault, or having to wait, is not what the caller should be told for a day.
    private static bool IsKept(int status) => status is < StatusCodes.Status500InternalServerError and not StatusCodes.Status429TooManyRequests;

    private static KeptAnswer AnswerOf(HttpResponse response, MemoryStream body) =>
        new(response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, body.ToArray());

    private static async Task AnswerAgainAsync(HttpContext http, ClaimOutcome.Answered known, byte[] fingerprint)
    {
        if (!known.Fingerprint.AsSpan().SequenceEqual(fingerprint))
        {
            await Problems.Of(StatusCodes.Status422UnprocessableEntity, ErrorCodes.IdempotencyKeyReused, "The key was sent before, with another request. Take a new one.").ExecuteAsync(http);
            return;
        }
        var (answer, response) = (known.Answer, http.Response);
        (response.StatusCode, response.ContentType, response.ContentLength) = (answer.Status, answer.ContentType, answer.Body.Length);
        (response.Headers.Location, response.Headers.ETag, response.Headers[IdempotencyKeys.Replayed]) = (answer.Location, answer.ETag, "true");
        await response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static ProblemHttpResult InFlight(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problems.Conflict(ErrorCodes.IdempotencyInFlight, "A request with this key is under way. Retry in a moment, with the same key.");
    }
}
