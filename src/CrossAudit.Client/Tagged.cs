namespace CrossAudit.Client;

/// <summary>A single resource with the tag of the revision it was read at.</summary>
/// <typeparam name="T">The resource.</typeparam>
/// <param name="Value">The resource.</param>
/// <param name="ETag">Given as <c>ifMatch</c>, a change is made only if nobody else made one since.</param>
public sealed record Tagged<T>(T Value, string? ETag);
