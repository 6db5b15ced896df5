using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>The extraction of text from files: one pool of parsers for the server.</summary>
internal static class ExtractionModule
{
    /// <summary>Register an <see cref="ExtractionOptions"/> before to set other limits.</summary>
    public static IServiceCollection AddExtraction(this IServiceCollection services)
    {
        services.TryAddSingleton(new ExtractionOptions());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ExtractorPool>();
        return services;
    }
}
