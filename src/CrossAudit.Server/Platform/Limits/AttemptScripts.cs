using System.Globalization;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Limits;

/// <summary>What <see cref="InProcessAttemptLimits"/> does, as scripts: Redis runs each in one step.</summary>
internal static class AttemptScripts
{
    // A hash a key: n (attempts), next (when the next may be made), refused. Of each rule: free, first, longest, most, memory.
    private const string Common = """
        local now = tonumber(ARGV[1])
        local function rule(i, part) return tonumber(ARGV[1 + (i - 1) * 5 + part]) end
        local function read(i)
          local kept = redis.call('HMGET', KEYS[i], 'n', 'next')
          local n, nextAt = tonumber(kept[1] or '0'), tonumber(kept[2] or '0')
          if now > nextAt then n = math.max(0, n - (now - nextAt) / rule(i, 3)) end
          return n, nextAt
        end
        local function write(i, n, nextAt)
          redis.call('HSET', KEYS[i], 'n', string.format('%.6f', n), 'next', string.format('%.0f', nextAt))
          redis.call('PEXPIRE', KEYS[i], ARGV[1 + i * 5])
        end
        """;

    public const string Begin = Common + "\n" + """
        local counts, wait, refusing = {}, 0, 0
        for i = 1, #KEYS do
          local n, nextAt = read(i)
          counts[i] = n
          if nextAt - now > wait then wait, refusing = nextAt - now, i end
        end
        if refusing > 0 then return {wait, redis.call('HSETNX', KEYS[refusing], 'refused', '1')} end
        for i = 1, #KEYS do
          local n = math.min(counts[i] + 1, rule(i, 4))
          local after = 0
          if n >= rule(i, 1) then after = math.min(rule(i, 3), rule(i, 2) * 2 ^ (n - rule(i, 1))) end
          write(i, n, now + after)
          redis.call('HDEL', KEYS[i], 'refused')
        end
        return {0, 0}
        """;

    public const string TakeBack = Common + "\n" + """
        for i = 1, #KEYS do
          if redis.call('EXISTS', KEYS[i]) == 1 then write(i, math.max(0, read(i) - 1), now) end
        end
        return 1
        """;

    public static RedisValue[] Arguments(IReadOnlyList<AttemptKey> keys, DateTimeOffset now) =>
        [now.ToUnixTimeMilliseconds(), .. keys.SelectMany(key => Of(key.Rule))];

    private static IEnumerable<RedisValue> Of(AttemptRule rule) =>
        [rule.Free, Milliseconds(rule.First), Milliseconds(rule.Longest), rule.Most.ToString(CultureInfo.InvariantCulture), Milliseconds(rule.Memory)];

    private static RedisValue Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
