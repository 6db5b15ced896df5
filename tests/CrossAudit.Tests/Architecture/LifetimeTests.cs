using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Architecture;

public sealed class LifetimeTests(ServerSet servers)
{
    [Theory, EveryShape]
    public async Task Nothing_that_outlives_a_request_holds_on_to_one(Shape shape)
    {
        // The container looks only if it is told to: else what belongs to a request would be given to a singleton, once, and belong to nobody.
        await using var server = await servers.StartAsync(shape, configure: services =>
        {
            using var _ = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        });
    }
}
