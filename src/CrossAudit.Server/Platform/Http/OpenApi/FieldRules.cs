using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The rules that validation holds fields and parameters to, beyond those that the framework translates itself.</summary>
internal sealed class FieldRules : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var rule in RulesOf(context))
            Apply(rule, schema);
        // The bounds of the machine's integers are no rule of ours, and the larger one is no number that JSON can be trusted with.
        if (schema.Maximum is { } most && decimal.TryParse(most, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) && limit >= int.MaxValue)
            schema.Maximum = null;
        return Task.CompletedTask;
    }

    private static object[] RulesOf(OpenApiSchemaTransformerContext context) =>
        context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: false)
        ?? ParameterOf(context.ParameterDescription)?.GetCustomAttributes(typeof(ValidationAttribute), inherit: false)
        ?? [];

    private static ParameterInfo? ParameterOf(ApiParameterDescription? description) => (description?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;

    private static void Apply(object rule, OpenApiSchema schema)
    {
        switch (rule)
        {
            case TextAttribute text:
                // On a list the rule holds for each of its items.
                var target = schema.Type?.HasFlag(JsonSchemaType.Array) is true ? schema.Items as OpenApiSchema ?? schema : schema;
                target.MaxLength = text.MaxLength;
                target.MinLength = text.MinLength > 0 ? text.MinLength : null;
                break;
            case AllowedValuesAttribute allowed:
                schema.Enum = [.. allowed.Values.OfType<string>().Select(value => (JsonNode)JsonValue.Create(value))];
                break;
            case EmailAttribute:
                schema.Format = "email";
                break;
        }
    }
}
