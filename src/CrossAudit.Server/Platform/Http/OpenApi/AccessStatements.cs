using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>Says of each operation who may call it, in words, as <c>security</c>, and as <c>x-permission</c> for programs.</summary>
internal sealed class AccessStatements : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        // A route without a rule is a public one: the server does not start otherwise.
        var rule = context.All<IAccessRule>().LastOrDefault();
        operation.Security = rule switch
        {
            null => [],
            // What people reach by signing in alone is their own: a key is not enough.
            { Permission: null } => [By(SharedComponents.Bearer)],
            _ => [By(SharedComponents.Bearer), By(SharedComponents.ApiKey)],
        };
        Say(operation, rule switch
        {
            null => "Public: needs no sign-in.",
            { Permission: { } permission } => $"Needs the permission `{permission}`.",
            _ => "Needs a sign-in, and no permission beyond it.",
        });
        if (rule?.Permission is { } needed)
            (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())["x-permission"] = new JsonNodeExtension(needed);
        return Task.CompletedTask;

        OpenApiSecurityRequirement By(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
    }

    private static void Say(OpenApiOperation operation, string access) =>
        operation.Description = string.IsNullOrWhiteSpace(operation.Description) ? access : $"{operation.Description.Trim()}\n\n{access}";
}
