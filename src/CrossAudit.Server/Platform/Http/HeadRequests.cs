namespace CrossAudit.Server.Platform.Http;

/// <summary>
/// Answers HEAD on every route that answers GET, with the same headers and no body (RFC 9110, section 9.3.2). Routes say GET alone: HEAD is matched as
/// one, and is a HEAD again for whoever answers, so that nobody opens a file to send nothing of it.
/// </summary>
internal static class HeadRequests
{
    private static readonly object IsHead = new();

    public static void UseRoutingWithHead(this WebApplication app)
    {
        app.Use(static (http, next) =>
        {
            if (HttpMethods.IsHead(http.Request.Method))
                (http.Request.Method, http.Items[IsHead]) = (HttpMethods.Get, IsHead);
            return next(http);
        });
        app.UseRouting();
        app.Use(static (http, next) =>
        {
            if (HttpMethods.IsGet(http.Request.Method) && http.Items.ContainsKey(IsHead))
                http.Request.Method = HttpMethods.Head;
            return next(http);
        });
    }
}
