using CrossAudit.Server.Platform.Configuration;
using StackExchange.Redis;

namespace CrossAudit.Server.Platform.Messaging;

/// <summary>The bus, whichever the settings name.</summary>
internal static class MessagingModule
{
    public static IServiceCollection AddMessaging(this IServiceCollection services, Settings settings) => settings.RedisConnection is { } redis
        ? services
            .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis))
            .AddSingleton<IMessageBus, RedisBus>()
        : services.AddSingleton<IMessageBus, InProcessBus>();
}
