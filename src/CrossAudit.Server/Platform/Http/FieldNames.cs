using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrossAudit.Server.Platform.Http;

/// <summary>Says what is wrong with a request in the words of the wire: validation knows our properties, callers know their fields.</summary>
internal static partial class FieldNames
{
    /// <summary><c>Items[0].FirstName</c> as <c>items[0].first_name</c>.</summary>
    public static string OnTheWire(string member) => string.Join('.', member.Split('.').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));

    /// <summary>The errors of each field, by its name on the wire, and with that name in the text.</summary>
    public static Dictionary<string, string[]> OnTheWire(IEnumerable<KeyValuePair<string, string[]>> errors) => errors
        .GroupBy(field => OnTheWire(field.Key), StringComparer.Ordinal)
        .ToDictionary(field => field.Key, field => field.SelectMany(of => of.Value.Select(why => Reword(why, of.Key))).ToArray(), StringComparer.Ordinal);

    // "The FirstName field is required.": the name stands in the framework's texts as a word of its own. Some of them speak of our types besides.
    private static string Reword(string why, string member)
    {
        why = LengthOfList().Replace(why, "takes at most $1");
        var name = Index().Replace(member.Split('.')[^1], "");
        return name.Length == 0 ? why : Regex.Replace(why, $@"\b{Regex.Escape(name)}\b", OnTheWire(name), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"\[\d+\]$")]
    private static partial Regex Index();

    [GeneratedRegex(@"must be a string or array type with a maximum length of '(\d+)'")]
    private static partial Regex LengthOfList();
}
