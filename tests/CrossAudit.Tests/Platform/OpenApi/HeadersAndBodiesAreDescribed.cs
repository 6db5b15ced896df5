namespace CrossAudit.Tests.Platform.OpenApi;

/// <summary>What no type of ours says by itself: conditions, cursors, uploads and downloads.</summary>
public class HeadersAndBodiesAreDescribed(DescribedApi api) : IClassFixture<DescribedApi>
{
    [Fact]
    public void A_change_takes_If_Match_and_may_answer_412()
    {
        var update = Find("PUT /api/documents/{id}");
        Assert.True(update.HasParameter("header", "If-Match"));
        Assert.NotNull(update.Body["responses"]!["412"]);
        Assert.NotNull(update.Body["responses"]!["200"]!["headers"]!["ETag"]);
    }

    [Fact]
    public void A_read_takes_If_None_Match_and_may_answer_304()
    {
        var read = Find("GET /api/documents/{id}");
        Assert.True(read.HasParameter("header", "If-None-Match"));
        Assert.NotNull(read.Body["responses"]!["304"]!["headers"]!["ETag"]);
    }

    [Fact]
    public void A_creation_says_where_the_new_thing_is() =>
        Assert.All(api.Operations.Where(operation => operation.Body["responses"]!["201"] is not null), operation =>
            Assert.Equal("#/components/headers/Location", operation.Body["responses"]!["201"]!["headers"]!["Location"]!["$ref"]!.GetValue<string>()));

    [Fact]
    public void Every_creation_takes_an_idempotency_key_and_says_how_it_refuses_one()
    {
        var creations = api.Operations.Where(operation => operation.Name.StartsWith("POST", StringComparison.Ordinal) && operation.Body["responses"]!["201"] is not null).ToList();
        Assert.Contains("POST /api/documents/upload", creations.Select(operation => operation.Name));
        Assert.All(creations, operation =>
        {
            Assert.True(operation.HasParameter("header", "Idempotency-Key"), operation.Name);
            Assert.NotNull(operation.Body["responses"]!["201"]!["headers"]!["Idempotency-Replayed"]);
            Assert.NotNull(operation.Body["responses"]!["422"]);
            Assert.Contains("request.idempotency_in_flight", operation.Body["responses"]!["409"]!.ToJsonString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_answer_says_how_many_requests_are_left_but_those_to_probes() => Assert.All(api.Operations, operation =>
        Assert.Equal(!operation.Name.StartsWith("GET /health", StringComparison.Ordinal), operation.Body["responses"]!["200"]?["headers"]!["RateLimit"] is not null || operation.Body["responses"]!["429"] is not null));

    [Fact]
    public void A_list_with_a_cursor_links_to_its_next_page()
    {
        var paged = api.Operations.Where(operation => operation.HasParameter("query", "cursor")).ToList();
        Assert.NotEmpty(paged);
        Assert.All(paged, operation => Assert.NotNull(operation.Body["responses"]!["200"]!["headers"]!["Link"]));
        Assert.All(paged, operation => Assert.Equal("string", operation.Parameters.Single(parameter => parameter["name"]!.GetValue<string>() == "cursor")["schema"]!["type"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("POST /api/documents/upload", "file", "title", "description", "document_type", "sensitivity_level", "department_id", "tags")]
    [InlineData("POST /api/documents/{id}/upload", "file", "change_description")]
    public void An_upload_is_a_form_with_a_binary_file(string operation, params string[] fields)
    {
        var form = api.Resolve(Find(operation).Body["requestBody"]!["content"]!["multipart/form-data"]!["schema"]!);
        Assert.Equal(fields, form["properties"]!.AsObject().Select(field => field.Key));
        Assert.Equal("binary", form["properties"]!["file"]!["format"]!.GetValue<string>());
        Assert.Equal("file", Assert.Single(form["required"]!.AsArray())!.GetValue<string>());
        Assert.All(form["properties"]!.AsObject(), field => Assert.False(string.IsNullOrEmpty(field.Value!["description"]?.GetValue<string>())));
    }

    [Fact]
    public void A_download_is_bytes_whole_or_in_part()
    {
        var download = Find("GET /api/documents/{id}/content");
        Assert.All(["200", "206"], status =>
            Assert.Equal("binary", download.Body["responses"]![status]!["content"]!["application/octet-stream"]!["schema"]!["format"]!.GetValue<string>()));
        Assert.True(download.HasParameter("header", "Range"));
        Assert.NotNull(download.Body["responses"]!["416"]);
    }

    private Operation Find(string name) => api.Operations.Single(operation => operation.Name == name);
}
