using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>Counts for all nodes together, in Redis. While that is away each node counts by itself: an outage must neither open the door nor shut it.</summary>
internal sealed class RedisQuotas(RedisPatience redis, InProcessQuotas local, TimeProvider clock) : IQuotas
{
    // What InProcessQuotas does, in one step. A hash a quota: w (number of the window), c (its count), p (that of the one before). Of each quota: limit, window.
    private const string Take = """
        local now, room, counts = tonumber(ARGV[1]), 1, {}
        for i = 1, #KEYS do
          local limit, length = tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
          local kept = redis.call('HMGET', KEYS[i], 'w', 'c', 'p')
          local w, c, p = tonumber(kept[1] or '0'), tonumber(kept[2] or '0'), tonumber(kept[3] or '0')
          local number = math.floor(now / length)
          if number == w + 1 then w, c, p = number, 0, c elseif number > w then w, c, p = number, 0, 0 end
          if c + p * (1 - (now % length) / length) + 1 > limit then room = 0 end
          counts[i] = {w, c, p}
        end
        local answer = {room}
        for i = 1, #KEYS do
          local w, c, p = counts[i][1], counts[i][2] + room, counts[i][3]
          if room == 1 then
            redis.call('HSET', KEYS[i], 'w', string.format('%.0f', w), 'c', c, 'p', p)
            redis.call('PEXPIRE', KEYS[i], 2 * ARGV[i * 2 + 1])
          end
          answer[#answer + 1] = w
          answer[#answer + 1] = c
          answer[#answer + 1] = p
        end
        return answer
        """;

    public ValueTask<IReadOnlyList<QuotaState>> TakeAsync(Guid owner, IReadOnlyList<Quota> quotas) =>
        redis.TryAsync(database => TakeAsync(database, owner, quotas), () => local.TakeAsync(owner, quotas));

    private async Task<IReadOnlyList<QuotaState>> TakeAsync(IDatabase database, Guid owner, IReadOnlyList<Quota> quotas)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        // One slot of a cluster for the quotas of one owner, since a script takes keys of one alone.
        RedisKey[] keys = [.. quotas.Select(quota => (RedisKey)$"crossaudit:{{quota:{owner}}}:{quota.Name}")];
        RedisValue[] arguments = [now, .. quotas.SelectMany(quota => new RedisValue[] { quota.Limit, (long)quota.Window.TotalMilliseconds })];
        var counts = (long[])(await database.ScriptEvaluateAsync(Take, keys, arguments))!;
        var windows = new SlidingWindow[quotas.Count];
        for (var i = 0; i < windows.Length; i++)
            windows[i] = new SlidingWindow(counts[1 + (i * 3)], counts[2 + (i * 3)], counts[3 + (i * 3)]);
        return InProcessQuotas.States(quotas, windows, now, isRefused: counts[0] == 0);
    }
}
