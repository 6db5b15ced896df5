namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>
/// What a feature adds to the description of its routes: words for its tag, and an example for each of its records. Examples are the records
/// themselves, so one that no longer fits does not compile.
/// </summary>
/// <param name="Tag">The tag of the feature's routes.</param>
/// <param name="Examples">Requests and views, one of each type; envelopes are put around them.</param>
internal sealed record ApiArea(string Tag, string Description, params IReadOnlyList<object> Examples);
