using System.Net.Http.Headers;
using System.Text;
using CrossAudit.Server.Features.Webhooks.Signing;

namespace CrossAudit.Server.Features.Webhooks.Delivery;

/// <summary>Makes one attempt to deliver: signed, to a guarded address, once and without following anything the receiver answers.</summary>
internal sealed class WebhookSender : IDisposable
{
    // Enough to see what is wrong; a receiver that answers without end fills no memory and holds no connection.
    private const int MostBytesRead = 16 * 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookSender(GuardedConnection connection, TimeProvider clock)
    {
        _clock = clock;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = connection.ConnectAsync,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 16,
            // Names are looked up, and addresses checked, at least this often.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            UseCookies = false,
            // A proxy would look names up by itself, past the guard.
            UseProxy = false,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <param name="url">Where to.</param>
    /// <param name="message">What.</param>
    /// <param name="keys">All keys that are live.</param>
    /// <param name="limit">How long the attempt may take, from the look-up to the last byte read.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<WebhookAnswer> SendAsync(Uri url, WebhookMessage message, IReadOnlyList<WebhookKey> keys, TimeSpan limit, CancellationToken stop)
    {
        var started = _clock.GetTimestamp();
        using var timer = new CancellationTokenSource(limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timer.Token);
        try
        {
            using var request = Compose(url, message, keys);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadBeginningAsync(response.Content, either.Token);
            return new WebhookAnswer((int)response.StatusCode, body, null, RetryAfter(response.Headers.RetryAfter), _clock.GetElapsedTime(started));
        }
        catch (Exception failure) when (!stop.IsCancellationRequested && failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return new WebhookAnswer(null, null, Explain(failure, limit), null, _clock.GetElapsedTime(started));
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Compose(Uri url, WebhookMessage message, IReadOnlyList<WebhookKey> keys)
    {
        var now = _clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("user-agent", "CrossAudit-Webhooks");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", WebhookMessage.Seconds(now));
        request.Headers.Add("webhook-signature", message.Sign(now, keys));
        return request;
    }

    private static async Task<string> ReadBeginningAsync(HttpContent content, CancellationToken stop)
    {
        await using var stream = await content.ReadAsStreamAsync(stop);
        var bytes = new byte[MostBytesRead];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        // PostgreSQL takes no NUL in a text, and whoever answers may send one.
        return Encoding.UTF8.GetString(bytes, 0, length).Replace('\0', '\uFFFD');
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked) => (asked?.Delta ?? (asked?.Date - _clock.GetUtcNow())) is { } wait && wait > TimeSpan.Zero ? wait : null;

    private static string Explain(Exception failure, TimeSpan limit) => failure switch
    {
        OperationCanceledException => $"No answer within {limit.TotalSeconds:0} s.",
        { InnerException: TargetRefusedException refused } => refused.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The host is not known.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "No TLS connection was made: is the certificate valid?",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "The connection was refused or lost.",
        _ => "The receiver broke off or answered no proper HTTP.",
    };
}
