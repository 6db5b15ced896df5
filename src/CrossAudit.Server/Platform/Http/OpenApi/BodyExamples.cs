using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>Shows each request and answer by the example of its type.</summary>
internal sealed class BodyExamples(ApiExamples examples) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type is { } body)
            Show(operation.RequestBody?.Content, body);
        foreach (var answer in context.Description.SupportedResponseTypes)
            if (answer.Type is { } type && operation.Responses?.TryGetValue($"{answer.StatusCode}", out var response) is true)
                Show(response.Content, type);
        return Task.CompletedTask;
    }

    private void Show(IDictionary<string, OpenApiMediaType>? content, Type type)
    {
        if (content?.TryGetValue("application/json", out var json) is true && examples.Of(type) is { } example)
            json.Example = example;
    }
}
