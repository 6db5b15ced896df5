using CrossAudit.Contracts;

namespace CrossAudit.Client;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What it lists.</typeparam>
/// <param name="Items">The rows of this page.</param>
/// <param name="Meta">Where it stands among all that match.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, PageMeta Meta);
