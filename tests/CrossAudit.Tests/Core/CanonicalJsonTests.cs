using System.Text;
using System.Text.Json.Nodes;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Tests.Core;

/// <summary>The examples of RFC 8785 itself: whoever takes an event's hash again with another implementation gets the same.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void The_sample_of_section_3_2_2_is_written_as_there()
    {
        const string Sample = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;

        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Canonical(Sample));
    }

    [Fact]
    public void Names_are_sorted_by_utf_16_code_units()
    {
        const string Sample = """
            {
              "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """;

        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
            + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            Canonical(Sample));
    }

    [Fact]
    public void Only_what_must_be_escaped_is_and_the_short_way()
    {
        Assert.Equal("\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f/<>&'\u2028\"", Canonical("\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u0000\\u001f\\u007f\\/<>&'\\u2028\""));
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("""{"b":{},"a":[[],{}]}""", """{"a":[[],{}],"b":{}}""")]
    [InlineData("""[{"b":1,"a":{"d":[1,{"z":null,"y":2}],"c":"x"}},{"e":false}]""", """[{"a":{"c":"x","d":[1,{"y":2,"z":null}]},"b":1},{"e":false}]""")]
    [InlineData("-0", "0")]
    [InlineData("1.0", "1")]
    public void What_lies_inside_is_canonical_too(string sample, string canonical)
    {
        Assert.Equal(canonical, Canonical(sample));
        Assert.Equal(canonical, Canonical(canonical));
    }

    [Fact]
    public void Values_that_were_never_text_are_written_as_if_they_had_been()
    {
        var id = Guid.CreateVersion7();
        var node = new JsonObject { ["n"] = 3L, ["id"] = JsonValue.Create(id), ["d"] = 1.5m, ["at"] = JsonValue.Create(DateTimeOffset.UnixEpoch) };

        Assert.Equal($$"""{"at":"1970-01-01T00:00:00+00:00","d":1.5,"id":"{{id}}","n":3}""", Encoding.UTF8.GetString(CanonicalJsonWriter.Canonicalize(node)));
    }

    [Fact]
    public void A_text_larger_than_the_first_buffer_is_written_whole()
    {
        var text = new string('ä', 100_000);

        Assert.Equal($"[\"{text}\"]", Canonical($"[\"{text}\"]"));
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJsonWriter.Canonicalize(JsonNode.Parse(json)));
}
