using System.IO.Compression;
using System.Text;

namespace CrossAudit.Server.Platform.Http.OpenApi;

/// <summary>The pages that show the description: Swagger UI to try it, ReDoc to read it. All of their assets come from here.</summary>
internal static class ReferencePages
{
    private const string Title = "CrossAudit API";

    // ReDoc's own page asks Google for fonts.
    private const string ReDocPage = $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{Title}</title>
          <link href="index.css" rel="stylesheet">
          <link href="data:," rel="icon">
        </head>
        <body>
          <div id="redoc-container"></div>
          <script src="redoc.js"></script>
          <script src="index.js"></script>
        </body>
        </html>
        """;

    private static readonly Lazy<string> ReDocScript = new(ReadReDocScript);

    public static void UseReferencePages(this WebApplication app)
    {
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = Title;
            page.SwaggerEndpoint("/openapi.json", "CrossAudit AI API");
            page.EnableDeepLinking();
            page.DisplayRequestDuration();
        });
        app.UseReDoc(page =>
        {
            page.RoutePrefix = "redoc";
            page.DocumentTitle = Title;
            page.SpecUrl("/openapi.json");
            page.IndexStream = () => new MemoryStream(Encoding.UTF8.GetBytes(ReDocPage));
            page.ConfigObject.AdditionalItems["theme"] = new Dictionary<string, object>
            {
                ["typography"] = new Dictionary<string, object> { ["fontFamily"] = "system-ui, sans-serif", ["headings"] = new Dictionary<string, object> { ["fontFamily"] = "system-ui, sans-serif" } },
            };
        });
        app.MapGet("/redoc/redoc.js", () => TypedResults.Text(ReDocScript.Value, "text/javascript", Encoding.UTF8)).AllowAnonymous().ExcludeFromDescription();
    }

    // The packaged script shows a logo from its maker's servers: nobody else learns who reads this page.
    private static string ReadReDocScript()
    {
        const string Logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";
        var package = typeof(Swashbuckle.AspNetCore.ReDoc.ReDocOptions).Assembly;
        var name = package.GetManifestResourceNames().Single(resource => resource.EndsWith("redoc.standalone.js", StringComparison.Ordinal));
        using var script = new StreamReader(new GZipStream(package.GetManifestResourceStream(name)!, CompressionMode.Decompress));
        return script.ReadToEnd().Replace(Logo, "data:,", StringComparison.Ordinal);
    }
}
