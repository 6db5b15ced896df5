namespace CrossAudit.Server.Features.Audit.Anomalies;

/// <summary>Finds where much happened in a short time.</summary>
internal static class Bursts
{
    /// <summary>The runs of sightings in which every one lies in some window with at least this count; windows that overlap are one run.</summary>
    /// <param name="sightings">Those of one account, the oldest first.</param>
    /// <param name="window">How long a window is.</param>
    /// <param name="threshold">How many it takes.</param>
    public static IEnumerable<IReadOnlyList<Sighting>> Of(IReadOnlyList<Sighting> sightings, TimeSpan window, int threshold)
    {
        var (first, count, runFrom, runTo) = (0, new WindowCount(), -1, -1);
        for (var last = 0; last < sightings.Count; last++)
        {
            count.Add(sightings[last]);
            for (; sightings[last].At - sightings[first].At > window; first++)
                count.Remove(sightings[first]);
            if (count.Total < threshold)
                continue;
            if (runFrom >= 0 && first > runTo)
            {
                yield return Slice(sightings, runFrom, runTo);
                runFrom = -1;
            }
            (runFrom, runTo) = (runFrom < 0 ? first : runFrom, last);
        }
        if (runFrom >= 0)
            yield return Slice(sightings, runFrom, runTo);
    }

    /// <summary>How many sightings stand for.</summary>
    public static long CountOf(IReadOnlyList<Sighting> sightings)
    {
        var count = new WindowCount();
        foreach (var sighting in sightings)
            count.Add(sighting);
        return count.Total;
    }

    private static List<Sighting> Slice(IReadOnlyList<Sighting> sightings, int from, int to) => [.. sightings.Skip(from).Take(to - from + 1)];

    private sealed class WindowCount
    {
        private readonly Dictionary<string, int> _subjects = new(StringComparer.Ordinal);

        public long Total { get; private set; }

        public void Add(Sighting sighting)
        {
            if (sighting.Subject is not { } subject)
                Total += sighting.Weight;
            else if ((_subjects[subject] = _subjects.GetValueOrDefault(subject) + 1) == 1)
                Total++;
        }

        public void Remove(Sighting sighting)
        {
            if (sighting.Subject is not { } subject)
                Total -= sighting.Weight;
            else if (--_subjects[subject] == 0)
                Total--;
        }
    }
}
