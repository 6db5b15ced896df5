using System.Buffers.Binary;
using System.Buffers.Text;
using CrossAudit.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace CrossAudit.Server.Platform.Http;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="After">The last row of the page before; it replaces <paramref name="Offset"/>.</param>
internal readonly record struct PageRequest(int Limit, int Offset, Cursor? After = null);

/// <summary>Part of a list.</summary>
/// <param name="Total">How many rows match, on all pages.</param>
/// <param name="Next">The last row of this page, if rows follow it and the list has cursors.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, int Total, Cursor? Next = null)
{
    /// <summary>Answers the page with its meta, and with a <c>Link</c> to the next one (RFC 8288).</summary>
    public Ok<Envelope<IReadOnlyList<T>>> Answer(HttpContext http, PageRequest asked)
    {
        var cursor = Next?.ToString();
        if (cursor is not null)
        {
            var query = http.Request.Query.Where(pair => pair.Key is not ("cursor" or "offset")).ToList();
            var next = QueryHelpers.AddQueryString(http.Request.PathBase + http.Request.Path, query);
            http.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(next, "cursor", cursor)}>; rel=\"next\"";
        }
        return TypedResults.Ok(Envelope.Of(Items, new PageMeta
        {
            Total = Total,
            Limit = asked.Limit,
            Offset = asked.After is null ? asked.Offset : 0,
            HasMore = cursor is not null || (asked.After is null && asked.Offset + Items.Count < Total),
            NextCursor = cursor,
        }));
    }
}

/// <summary>A place in a list ordered by time, then id: stable while rows are added. Opaque to clients.</summary>
internal readonly record struct Cursor(DateTimeOffset Time, Guid Id) : IParsable<Cursor>
{
    private const int Length = sizeof(long) + 16;

    /// <summary>A place in a list ordered by number.</summary>
    public static Cursor At(long number) => new(DateTimeOffset.MinValue.AddTicks(number * TimeSpan.TicksPerMicrosecond), Guid.Empty);

    /// <summary>The number of such a place.</summary>
    public long Number => Time.UtcTicks / TimeSpan.TicksPerMicrosecond;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Time.UtcTicks / TimeSpan.TicksPerMicrosecond);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static Cursor Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var cursor) ? cursor : throw new FormatException("Not a cursor.");

    public static bool TryParse(string? s, IFormatProvider? provider, out Cursor result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (s is not { Length: 32 } || !Base64Url.IsValid(s) || !Base64Url.TryDecodeFromChars(s, bytes, out var written) || written != Length)
            return false;
        var microseconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (microseconds < 0 || microseconds > DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerMicrosecond)
            return false;
        result = new Cursor(new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero), new Guid(bytes[sizeof(long)..], bigEndian: true));
        return true;
    }
}
