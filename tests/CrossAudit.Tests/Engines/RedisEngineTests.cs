using StackExchange.Redis;

namespace CrossAudit.Tests.Engines;

public sealed class RedisEngineTests(EngineSet engines)
{
    [Fact]
    public async Task A_value_set_is_read_back()
    {
        var url = new Uri((await engines.RedisAsync()).Url);

        await using var redis = await ConnectionMultiplexer.ConnectAsync(url.Authority);
        await redis.GetDatabase().StringSetAsync("engine-test", "kept");

        Assert.Equal("kept", await redis.GetDatabase().StringGetAsync("engine-test"));
    }
}
