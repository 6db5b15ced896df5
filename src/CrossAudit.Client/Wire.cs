namespace CrossAudit.Client;

/// <summary>Makes one request; what is no success is thrown.</summary>
internal sealed class Wire(HttpClient http)
{
    public async Task<HttpResponseMessage> SendAsync(Call call, string? accessToken, CancellationToken stop)
    {
        var answer = await AskAsync(call, accessToken, stop);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await ProblemAnswers.ReadAsync(answer, stop);
    }

    /// <summary>Makes the request and leaves it to the caller to tell a success from a refusal.</summary>
    public async Task<HttpResponseMessage> AskAsync(Call call, string? accessToken, CancellationToken stop)
    {
        using var request = call.ToRequest(accessToken);
        return await http.SendAsync(request, call.IsStreamed ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, stop);
    }
}
