using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Http;

/// <summary>The conventions that every route keeps without doing anything for it.</summary>
internal static class HttpModule
{
    /// <summary>The most bytes of a JSON body; uploads set their own limit.</summary>
    private const long MostBodyBytes = 1024 * 1024;

    public static IServiceCollection AddHttpConventions(this IServiceCollection services, Settings settings)
    {
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        });
        // A malformed request is answered by the exception handler, alike in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => CrossAuditJson.Configure(json.SerializerOptions));
        services.AddValidation();
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddProblemDetails();
        services.AddExceptionHandler<ExceptionAnswers>();
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. settings.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod()
            .WithExposedHeaders("ETag", "Link", "Location", "Retry-After", "X-Request-Id", "X-Trace-Id", "X-Process-Time", "RateLimit", "RateLimit-Policy", "Idempotency-Replayed")));
        return services;
    }

    public static void UseHttpConventions(this WebApplication app)
    {
        app.UseRoutingWithHead();
        app.UseMiddleware<ResponseHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<UnsatisfiableRanges>();
        app.UseMiddleware<HostNames>();
        if (app.Services.GetRequiredService<Settings>().PublicUrl.Scheme == Uri.UriSchemeHttps)
            app.UseHsts();
        app.UseCors();
    }
}
