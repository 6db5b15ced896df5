namespace CrossAudit.Server.Platform.Http;

/// <summary>
/// Lets 416 be answered by a problem as every refusal is: the framework leaves it without a body, but with the type and the name of the file that it is not.
/// </summary>
internal sealed class UnsatisfiableRanges(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (http.Response is not { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false } answer)
            return;
        answer.ContentType = null;
        answer.ContentLength = null;
        answer.Headers.Remove("Content-Disposition");
    }
}
