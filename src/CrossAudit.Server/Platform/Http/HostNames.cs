using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Platform.Configuration;
using Microsoft.Extensions.Primitives;

namespace CrossAudit.Server.Platform.Http;

/// <summary>
/// Answers under our own names alone (<c>ALLOWED_HOSTS</c>): a page in a browser could otherwise reach us by DNS rebinding. The framework's own
/// filter stands before everything else, so that its refusals have neither a body nor the headers of ours.
/// </summary>
internal sealed class HostNames(RequestDelegate next, Settings settings)
{
    private readonly StringSegment[]? _ours = settings.AllowedHosts.Contains("*") ? null : [.. settings.AllowedHosts.Select(name => new StringSegment(new HostString(name).ToUriComponent()))];

    // Without the header it is no browser but a probe that speaks HTTP/1.0.
    public Task InvokeAsync(HttpContext http) => _ours is null || !http.Request.Host.HasValue || HostString.MatchesAny(http.Request.Host.Value, _ours)
        ? next(http)
        : Problems.Of(StatusCodes.Status400BadRequest, ErrorCodes.HostNotAllowed, "This server does not answer under this name; ALLOWED_HOSTS names those it does.").ExecuteAsync(http);
}
