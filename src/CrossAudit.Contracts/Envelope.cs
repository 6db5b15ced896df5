using System.Text.Json.Serialization;

namespace CrossAudit.Contracts;

/// <summary>The shape of every successful answer: <c>{"success": true, "data": …, "meta": …}</c>.</summary>
/// <typeparam name="T">What the answer carries.</typeparam>
public sealed record Envelope<T>
{
    /// <summary>Always true: an error is answered as problem details (RFC 9457), never in an envelope.</summary>
    public bool Success { get; init; } = true;

    /// <summary>What was asked for.</summary>
    public required T Data { get; init; }

    /// <summary>Where a list stands among all its rows; absent on single resources.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PageMeta? Meta { get; init; }
}

/// <summary>Puts answers into their envelope.</summary>
public static class Envelope
{
    /// <summary>Wraps a single resource.</summary>
    public static Envelope<T> Of<T>(T data) => new() { Data = data };

    /// <summary>Wraps one page of a list.</summary>
    public static Envelope<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> data, PageMeta meta) => new() { Data = data, Meta = meta };
}

/// <summary>Where one page stands among all rows that match.</summary>
public sealed record PageMeta
{
    /// <summary>How many rows match, on all pages; absent on a search, which ranks the best and does not count the rest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }

    /// <summary>The most rows a page holds, as asked for.</summary>
    public required int Limit { get; init; }

    /// <summary>How many rows were passed over before this page; 0 when paging by cursor.</summary>
    public required int Offset { get; init; }

    /// <summary>Whether rows follow this page.</summary>
    public required bool HasMore { get; init; }

    /// <summary>Give this as <c>cursor</c> to read the next page; absent on the last one and where a list has no cursor.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextCursor { get; init; }
}

/// <summary>The answer to a deletion that can be taken back for a while.</summary>
public sealed record DeletionConfirmation
{
    /// <summary>What was done, and until when it can be taken back, for people.</summary>
    public required string Message { get; init; }

    /// <summary>When it is destroyed for good.</summary>
    public required DateTimeOffset DeletionDueAt { get; init; }
}

/// <summary>The answer to an act that leaves nothing to show, such as a deletion.</summary>
public sealed record Confirmation
{
    /// <summary>What was done, in one sentence for people.</summary>
    public required string Message { get; init; }
}
