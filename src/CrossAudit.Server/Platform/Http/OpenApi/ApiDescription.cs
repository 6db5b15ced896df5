using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>
/// The description of the API (OpenAPI 3.1). It is read from the routes themselves: their types, XML comments, attributes and metadata.
/// What stands in this folder are the conventions that routes keep without saying so.
/// </summary>
internal static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services
        .AddSingleton<PublishedDescription>()
        .AddSingleton<ApiExamples>()
        .AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = new SchemaNames().Of;
            options
                .AddSchemaTransformer<BareTypes>()
                .AddSchemaTransformer<FieldRules>()
                .AddSchemaTransformer<FieldPresence>()
                .AddOperationTransformer<OperationNames>()
                .AddOperationTransformer<QueryParameters>()
                .AddOperationTransformer<RequestForms>()
                .AddOperationTransformer<RequestConditions>()
                .AddOperationTransformer<Downloads>()
                .AddOperationTransformer<AccessStatements>()
                .AddOperationTransformer<BodyExamples>()
                .AddOperationTransformer<AnswerHeaders>()
                .AddOperationTransformer<ProblemAnswers>()
                .AddDocumentTransformer<ApiOverview>()
                .AddDocumentTransformer<SharedComponents>()
                .AddDocumentTransformer<PathNames>();
        });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapGet("/openapi.json", PublishedDescription.AnswerAsync).AllowAnonymous().ExcludeFromDescription();
        app.UseReferencePages();
    }

    /// <summary>The description of a server that was built and not started.</summary>
    public static Task<string> DescribeAsync(this WebApplication app)
    {
        // Routes come into view when the pipeline is put together, which a start would do.
        app.UseRouting();
        app.UseEndpoints(static _ => { });
        return app.Services.GetRequiredService<PublishedDescription>().TextAsync();
    }
}
