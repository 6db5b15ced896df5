using System.Text.Json;
using System.Text.Json.Serialization;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A line to the child: what to read, and where to put the fragments.</summary>
/// <param name="Source">The file, an absolute path.</param>
/// <param name="MimeType">One of <see cref="ContentTypes"/>, as detected from the content.</param>
/// <param name="Result">The file to write, one JSON line for each fragment.</param>
/// <param name="MaxCharacters">The most text, in UTF-16 code units.</param>
/// <param name="MaxFragments">The most fragments.</param>
internal sealed record ExtractionJob(string Source, string MimeType, string Result, int MaxCharacters, int MaxFragments)
{
    /// <summary>A folder for what has to be unpacked on the way. The server removes it, whatever became of the child.</summary>
    [JsonIgnore]
    public string Scratch => Result + ".scratch";
}

/// <summary>A line from the child: either the counts with what belongs to them, or one of the reasons.</summary>
internal sealed record ExtractionAnswer(
    int? Fragments = null, int? Characters = null, string? Language = null, string? Omitted = null, string? Unsupported = null, string? Failed = null);

/// <summary>The lines between the server and its parsers. Generated, so that a child need not reflect at its start.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(FragmentTypeConverter)])]
[JsonSerializable(typeof(ExtractionJob))]
[JsonSerializable(typeof(ExtractionAnswer))]
[JsonSerializable(typeof(ExtractedFragment))]
internal sealed partial class ExtractionJson : JsonSerializerContext
{
    private sealed class FragmentTypeConverter() : JsonStringEnumConverter<FragmentType>(JsonNamingPolicy.SnakeCaseLower);
}
