using System.Text.Json.Nodes;

namespace CrossAudit.Tests.Platform.OpenApi;

/// <summary>What a client generator, a tester and a reader need of each operation.</summary>
public class TheDescriptionIsComplete(DescribedApi api) : IClassFixture<DescribedApi>
{
    [Fact]
    public void It_is_OpenAPI_3_1_of_this_product_on_any_host()
    {
        Assert.StartsWith("3.1.", api.Document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("CrossAudit AI API", api.Document["info"]!["title"]!.GetValue<string>());
        Assert.Equal("1.0.0", api.Document["info"]!["version"]!.GetValue<string>());
        Assert.Equal("/", Assert.Single(api.Document["servers"]!.AsArray())!["url"]!.GetValue<string>());
        Assert.All(api.Document["tags"]!.AsArray(), tag => Assert.False(string.IsNullOrEmpty(tag!["description"]?.GetValue<string>()), $"The tag {tag["name"]} has no words."));
    }

    [Fact]
    public void It_holds_every_route_that_is_mapped_and_no_other()
    {
        Assert.NotEmpty(api.MappedRoutes);
        Assert.Equal(api.MappedRoutes.Select(Bare).Order(), api.Operations.Select(operation => operation.Name).Order());
        Assert.Equal(["GET /api/chat/ws", "GET /api/chat/ws/{thread_id}", "GET /openapi.json", "GET /redoc/redoc.js"], api.LeftOutRoutes.Order());

        static string Bare(string route) => route.Length > "GET /".Length ? route.TrimEnd('/') : route;
    }

    [Fact]
    public void Every_operation_says_what_it_does_and_has_a_name_of_its_own()
    {
        Assert.All(api.Operations, operation => Assert.False(string.IsNullOrWhiteSpace(operation.Body["summary"]?.GetValue<string>()), $"{operation.Name} has no summary."));
        Assert.All(api.Operations, operation => Assert.Matches("^[a-z]+(_[a-z]+)+$", operation.Body["operationId"]!.GetValue<string>()));
        var twice = api.Operations.GroupBy(operation => operation.Body["operationId"]!.GetValue<string>()).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(twice);
    }

    [Fact]
    public void Every_parameter_is_explained() => Assert.All(
        api.Operations.SelectMany(operation => operation.Parameters, (operation, parameter) => (operation.Name, Parameter: parameter)),
        described => Assert.False(string.IsNullOrWhiteSpace(described.Parameter["description"]?.GetValue<string>()), $"{described.Parameter["name"]} of {described.Name} is not explained."));

    [Fact]
    public void Every_operation_shows_what_success_looks_like() => Assert.All(api.Operations, operation =>
    {
        var success = operation.Body["responses"]!.AsObject().Where(response => response.Key.StartsWith('2')).ToList();
        Assert.NotEmpty(success);
        Assert.All(success, response => Assert.All(response.Value!["content"]!.AsObject(), content => AssertSaysSomething(content.Value!["schema"], operation.Name)));
    });

    [Fact]
    public void Every_problem_is_a_problem_with_an_example() => Assert.All(api.Operations, operation =>
    {
        Assert.True(operation.Body["responses"]!["default"] is not null, $"{operation.Name} does not say what else may come.");
        // Health alone answers 503 with what is wrong.
        foreach (var (status, response) in operation.Body["responses"]!.AsObject().Where(response => response.Key[0] is '4' or 'd'))
        {
            var content = api.Resolve(response!)["content"]!["application/problem+json"]!;
            Assert.Equal("#/components/schemas/Problem", content["schema"]!["$ref"]!.GetValue<string>());
            Assert.All(content["examples"]!.AsObject(), example => Assert.Equal(example.Key, example.Value!["value"]!["code"]!.GetValue<string>()));
            Assert.True(content["examples"]!.AsObject().Count > 0, $"{operation.Name} {status}");
        }
    });

    [Fact]
    public void Every_operation_says_who_may_call_it() => Assert.All(api.Operations, operation =>
    {
        var security = operation.Body["security"]?.AsArray();
        Assert.True(security is not null, $"{operation.Name} does not say whether it is public.");
        if (security.Count == 0)
            return;
        Assert.NotNull(operation.Body["responses"]!["401"]);
        if (operation.Body["x-permission"]?.GetValue<string>() is not { } permission)
            return;
        Assert.Contains($"`{permission}`", operation.Body["description"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(operation.Body["responses"]!["403"]);
    });

    [Fact]
    public void Every_JSON_body_has_an_example() => Assert.All(api.Operations, operation =>
    {
        if (operation.Body["requestBody"]?["content"]?["application/json"] is { } body)
            Assert.True(body["example"] is JsonObject, $"The request of {operation.Name} has no example.");
        foreach (var (status, response) in operation.Body["responses"]!.AsObject().Where(response => response.Key.StartsWith('2')))
            if (response!["content"]?["application/json"] is { } answer)
                Assert.True(answer["example"] is JsonObject, $"The answer {status} of {operation.Name} has no example.");
    });

    private void AssertSaysSomething(JsonNode? schema, string of)
    {
        Assert.True(schema is not null, $"{of} answers without a schema.");
        var resolved = api.Resolve(schema);
        var isBareObject = resolved["type"]?.ToString() == "object" && resolved["properties"] is null;
        Assert.False(isBareObject || (resolved["type"] ?? resolved["oneOf"]) is null, $"{of} answers just any object.");
    }
}
