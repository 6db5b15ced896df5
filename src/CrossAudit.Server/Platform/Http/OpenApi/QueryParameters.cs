using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>Describes parameters: those that mean the same everywhere, and those whose words stand on the properties of a filter.</summary>
internal sealed class QueryParameters : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Everywhere = new(StringComparer.Ordinal)
    {
        ["limit"] = "The most rows to answer.",
        ["offset"] = "How many rows to pass over.",
        ["cursor"] = "Continues after the page whose `meta.next_cursor` this is; it replaces `offset` and stays right while rows are added.",
        ["number"] = "The version's number, from 1.",
        ["id"] = "Identifies the resource.",
        ["orgId"] = "Identifies the organization.",
        ["userId"] = "Identifies the account.",
        ["roleId"] = "Identifies the role.",
        ["permissionId"] = "Identifies the permission.",
    };

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var filter in context.Handler()?.GetParameters().Where(parameter => parameter.IsDefined(typeof(AsParametersAttribute))) ?? [])
            await DescribeAsync(operation, filter.ParameterType, context, cancellationToken);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            parameter.Description ??= Everywhere.GetValueOrDefault(parameter.Name ?? "");
    }

    // XML comments reach schemas but not parameters that are read from an object: the object's schema knows them.
    private static async Task DescribeAsync(OpenApiOperation operation, Type filter, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var schema = await context.GetOrCreateSchemaAsync(filter, null, stop);
        foreach (var property in filter.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var field = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var name = property.GetCustomAttribute<FromQueryAttribute>()?.Name ?? field;
            if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == name) is { } parameter && schema.Properties?.TryGetValue(field, out var described) is true)
                parameter.Description ??= described.Description ?? OfReference(described);
        }
    }

    // A field whose type has a schema of its own keeps its words aside until it becomes a reference.
    private static string? OfReference(IOpenApiSchema field) => field is OpenApiSchema { Metadata: { } aside } && aside.TryGetValue("x-ref-description", out var words) ? words as string : null;
}
