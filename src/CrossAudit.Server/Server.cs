using CrossAudit.Server.Core;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Access;
using CrossAudit.Server.Features.ApiKeys;
using CrossAudit.Server.Features.Audit;
using CrossAudit.Server.Features.Auth;
using CrossAudit.Server.Features.Chat;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Features.Documents.Retention;
using CrossAudit.Server.Features.Organizations;
using CrossAudit.Server.Platform.Blobs;
using CrossAudit.Server.Platform.Configuration;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Health;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Http.Idempotency;
using CrossAudit.Server.Platform.Http.OpenApi;
using CrossAudit.Server.Platform.Limits;
using CrossAudit.Server.Platform.Mail;
using CrossAudit.Server.Platform.Messaging;
using CrossAudit.Server.Platform.Telemetry;

namespace CrossAudit.Server;

/// <summary>The house, floor by floor.</summary>
internal static class Server
{
    /// <summary>Builds the server, ready to start. It fails if a route states no access rule.</summary>
    /// <param name="configure">What a test replaces, such as the clock.</param>
    public static WebApplication Build(Settings settings, Action<IServiceCollection>? configure = null)
    {
        // An empty builder: what the server does is what stands here, and no file or variable of the framework's changes it. The other builders also
        // watch the working folder for their settings, which costs a notice for each page that the database writes below it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().UseUrls([.. settings.Urls]);
        builder.Logging.AddJsonLog(settings);

        builder.Services
            .AddRouting()
            .AddSingleton(TimeProvider.System)
            .AddHttpConventions(settings)
            .AddApiDescription()
            .AddIdempotency()
            .AddData(settings)
            .AddBlobs(settings)
            .AddMessaging(settings)
            .AddMail(settings)
            .AddLimits(settings)
            .AddHealth()
            .AddCore()
            .AddAuth()
            .AddOrganizations()
            .AddAccess()
            .AddDocuments()
            .AddChat()
            .AddAudit()
            .AddApiKeys();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseHttpConventions();
        app.UseWebSockets();
        app.UseOrigin();
        app.UseAuthentication();
        app.UseRequestLimit();
        app.UseApiKeyLimit();
        app.UseAuthorization();
        app.UseIdempotency();

        app.MapAuth();
        app.MapOrganizations();
        app.MapAccess();
        app.MapDocuments();
        app.MapRetention();
        app.MapChat();
        app.MapAudit();
        app.MapApiKeys();
        app.MapHealth();
        app.MapApiDescription();
        ((IEndpointRouteBuilder)app).VerifyEveryRouteStatesItsAccess();
        return app;
    }
}
