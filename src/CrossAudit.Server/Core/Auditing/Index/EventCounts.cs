using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>How many events there were, by day (UTC) and by field.</summary>
internal sealed class EventCounts
{
    public const string Action = "action";
    public const string Actor = "actor";
    public const string Outcome = "outcome";
    public const string Severity = "severity";

    private readonly SortedDictionary<DateOnly, Dictionary<(string Field, string Value), long>> _days = [];

    public IReadOnlyDictionary<DateOnly, Dictionary<(string Field, string Value), long>> Days => _days;

    public static EventCounts Of(JsonObject json)
    {
        var counts = new EventCounts();
        counts.Add(json);
        return counts;
    }

    public void Add(AuditEvent e)
    {
        var day = Day(DateOnly.FromDateTime(e.CreatedAt.UtcDateTime));
        Count(day, Action, e.Action, 1);
        Count(day, Outcome, e.Outcome, 1);
        Count(day, Severity, e.Severity, 1);
        if (e.ActorUserId is { } actor)
            Count(day, Actor, actor.ToString(), 1);
    }

    public void Add(JsonObject json)
    {
        foreach (var (date, fields) in json)
            foreach (var (field, values) in fields!.AsObject())
                foreach (var (value, count) in values!.AsObject())
                    Count(Day(DateOnly.ParseExact(date, "O", CultureInfo.InvariantCulture)), field, value, (long)count!);
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (date, counts) in _days)
        {
            var fields = new JsonObject();
            foreach (var field in counts.GroupBy(count => count.Key.Field))
                fields[field.Key] = new JsonObject(field.Select(count => KeyValuePair.Create(count.Key.Value, (JsonNode?)count.Value)));
            json[date.ToString("O", CultureInfo.InvariantCulture)] = fields;
        }
        return json;
    }

    private Dictionary<(string Field, string Value), long> Day(DateOnly date)
    {
        if (!_days.TryGetValue(date, out var day))
            _days[date] = day = [];
        return day;
    }

    private static void Count(Dictionary<(string Field, string Value), long> day, string field, string value, long count) => CollectionsMarshal.GetValueRefOrAddDefault(day, (field, value), out _) += count;
}
