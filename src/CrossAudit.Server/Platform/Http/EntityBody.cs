using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Server.Platform.Http;

/// <summary>A single resource as it travels, and its entity tag (RFC 9110, section 8.8.3): <c>"3-0f1e2d3c4b5a6978"</c>.</summary>
/// <remarks>
/// The tag names the revision, which a change depends on, and a hash of all that is shown: a body tells more than its row (how many messages a thread
/// has, which organizations somebody is in), so a revision alone would answer 304 to a reader whose copy is old.
/// </remarks>
internal readonly record struct EntityBody(byte[] Json, string Tag)
{
    private const int HashBytes = 8;

    public static EntityBody Of<T>(Revised<T> entity)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Envelope.Of(entity.View), CrossAuditJson.Options);
        return new EntityBody(json, TagOf(entity.Revision, json));
    }

    public Task WriteAsync(HttpContext http, int status)
    {
        (http.Response.StatusCode, http.Response.ContentType, http.Response.ContentLength) = (status, "application/json; charset=utf-8", Json.Length);
        return http.Response.Body.WriteAsync(Json, http.RequestAborted).AsTask();
    }

    private static string TagOf(int? revision, byte[] json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        var shown = Convert.ToHexStringLower(hash[..HashBytes]);
        return revision is { } counted ? string.Create(CultureInfo.InvariantCulture, $"\"{counted}-{shown}\"") : $"\"{shown}\"";
    }
}
