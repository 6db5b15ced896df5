using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>
/// What operations are called: the first word of the path and the handler's name, such as <c>documents_list_versions</c>. A route whose handler's
/// name says too little without its module, or is taken, names itself by <c>WithName</c>.
/// </summary>
internal sealed class OperationNames : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.OperationId ??= $"{AreaOf(context.Description.RelativePath ?? "")}_{JsonNamingPolicy.SnakeCaseLower.ConvertName(context.Handler()?.Name ?? "call")}";
        return Task.CompletedTask;
    }

    private static string AreaOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["api", var area, ..] => area,
        _ => "health",
    };
}
