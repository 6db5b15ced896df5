namespace CrossAudit.Server.Features.Documents.Extraction.PdfTables;

/// <summary>Groups what stands close to each other.</summary>
internal static class Neighbours
{
    /// <summary>Cuts a sequence wherever an element does not belong to the one before.</summary>
    public static IEnumerable<List<T>> ChunkBy<T>(this IEnumerable<T> sequence, Func<T, T, bool> belongs)
    {
        var chunk = new List<T>();
        foreach (var next in sequence)
        {
            if (chunk.Count > 0 && !belongs(chunk[^1], next))
            {
                yield return chunk;
                chunk = [];
            }

            chunk.Add(next);
        }

        if (chunk.Count > 0)
            yield return chunk;
    }

    /// <summary>Places that are meant to be the same as one, in rising order.</summary>
    public static List<double> Places(IEnumerable<double> places) =>
        [.. places.Order().ChunkBy((previous, next) => next - previous < PdfRules.Tolerance).Select(same => same.Average())];
}
