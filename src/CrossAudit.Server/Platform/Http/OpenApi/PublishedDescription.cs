using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The description as it is published: made once, for routes do not change while the server runs.</summary>
internal sealed class PublishedDescription([FromKeyedServices("v1")] IOpenApiDocumentProvider documents)
{
    private readonly Lazy<Task<string>> _text = new(() => WriteAsync(documents));

    public Task<string> TextAsync() => _text.Value;

    public static async Task<IResult> AnswerAsync(PublishedDescription description) =>
        TypedResults.Text(await description.TextAsync(), "application/json", Encoding.UTF8);

    private static async Task<string> WriteAsync(IOpenApiDocumentProvider documents)
    {
        var document = await documents.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }
}
