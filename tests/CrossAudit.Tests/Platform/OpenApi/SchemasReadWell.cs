using System.Text.Json.Nodes;

namespace CrossAudit.Tests.Platform.OpenApi;

/// <summary>Schemas become the types of generated clients: their names and fields are as a person would have written them.</summary>
public class SchemasReadWell(DescribedApi api) : IClassFixture<DescribedApi>
{
    [Fact]
    public void No_name_tells_how_a_type_was_written()
    {
        string[] ours = ["Of", "IReadOnly", "Optional", "View", "Nullable", "Named", "JsonObject", "IFormFile", "`"];
        Assert.Contains("DocumentEnvelope", Names);
        Assert.Contains("DocumentListEnvelope", Names);
        Assert.All(Names, name => Assert.Matches("^[A-Z][A-Za-z]+$", name));
        Assert.All(Names, name => Assert.DoesNotContain(ours, part => name.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_field_has_a_type_and_a_snake_case_name() => Assert.All(api.Schemas, schema =>
    {
        foreach (var (name, field) in schema.Value!["properties"]?.AsObject() ?? [])
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", name);
            Assert.True(field!["type"] is not null || field["$ref"] is not null || field["oneOf"] is not null, $"{schema.Key}.{name} is of no type.");
        }
    });

    [Fact]
    public void Enums_are_strings()
    {
        Assert.Equal("string", api.Schemas["SensitivityLevel"]!["type"]!.GetValue<string>());
        Assert.Equal(["public", "internal", "confidential", "restricted"], api.Schemas["SensitivityLevel"]!["enum"]!.AsArray().Select(value => value!.GetValue<string>()));
    }

    [Fact]
    public void Enums_in_a_query_are_strings_too()
    {
        var level = api.Operations.Single(operation => operation.Name == "GET /api/documents").Parameters.Single(parameter => parameter["name"]!.GetValue<string>() == "sensitivity_level")["schema"]!;
        Assert.Equal("string", level["type"]!.GetValue<string>());
        Assert.Equal(["public", "internal", "confidential", "restricted"], level["enum"]!.AsArray().Select(value => value!.GetValue<string>()));
    }

    [Fact]
    public void An_optional_field_is_its_bare_value_and_null_only_where_that_clears_it()
    {
        var update = api.Schemas["UpdateDocumentRequest"]!;
        Assert.Equal("string", Field(update, "title")["type"]!.GetValue<string>());
        Assert.Equal(["null", "string"], Field(update, "description")["type"]!.AsArray().Select(type => type!.GetValue<string>()));
        Assert.Null(update["required"]);
    }

    [Fact]
    public void Rules_of_validation_show()
    {
        var create = api.Schemas["CreateDocumentRequest"]!;
        Assert.Equal(1, Field(create, "title")["minLength"]!.GetValue<int>());
        Assert.Equal(300, Field(create, "title")["maxLength"]!.GetValue<int>());
        Assert.Equal(100, Field(create, "tags")["items"]!["maxLength"]!.GetValue<int>());
        Assert.Equal(50, Field(create, "tags")["maxItems"]!.GetValue<int>());
        Assert.Equal("email", Field(api.Schemas["RegisterRequest"]!, "email")["format"]!.GetValue<string>());
        Assert.Equal("general", Field(create, "document_type")["default"]!.GetValue<string>());
    }

    [Fact]
    public void Ids_times_and_free_form_objects_are_what_they_are()
    {
        var log = api.Schemas["AuditLog"]!;
        Assert.Equal(("string", "uuid"), (Field(log, "id")["type"]!.GetValue<string>(), Field(log, "id")["format"]!.GetValue<string>()));
        Assert.Equal(("string", "date-time"), (Field(log, "created_at")["type"]!.GetValue<string>(), Field(log, "created_at")["format"]!.GetValue<string>()));
        Assert.Equal(["null", "object"], Field(log, "changes")["type"]!.AsArray().Select(type => type!.GetValue<string>()));
        Assert.NotNull(Field(log, "changes")["additionalProperties"]);
    }

    [Fact]
    public void An_answer_has_all_of_its_fields_but_those_that_leave_themselves_out()
    {
        Assert.Contains("description", Required("Document"));
        Assert.Contains("has_more", Required("PageMeta"));
        Assert.DoesNotContain("next_cursor", Required("PageMeta"));
        Assert.Null(api.Schemas["DocumentEnvelope"]!["properties"]!["meta"]);
    }

    private IEnumerable<string> Names => api.Schemas.Select(schema => schema.Key);

    private IEnumerable<string> Required(string schema) => api.Schemas[schema]!["required"]!.AsArray().Select(name => name!.GetValue<string>());

    private static JsonNode Field(JsonNode schema, string name) => schema["properties"]![name]!;
}
