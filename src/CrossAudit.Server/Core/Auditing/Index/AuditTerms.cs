using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Search.Analysis;

namespace CrossAudit.Server.Core.Auditing.Index;

/// <summary>The terms by which events are found: each field's value, and the words in label, changes and metadata.</summary>
internal static class AuditTerms
{
    private const int MostWords = 200;

    public static string Action(string action) => "a:" + action;

    public static string ActorType(string type) => "t:" + type;

    public static string Actor(Guid user) => "u:" + user;

    public static string ResourceType(string type) => "r:" + type;

    public static string Resource(string id) => "R:" + id;

    public static string Target(Guid user) => "T:" + user;

    public static string Severity(string severity) => "s:" + severity;

    public static string Outcome(string outcome) => "o:" + outcome;

    public static string Address(string address) => "i:" + address;

    public static string Correlation(string id) => "c:" + id;

    /// <summary>The terms by which somebody with this clearance may find a word.</summary>
    public static List<string> Word(string word, SensitivityLevel clearance) =>
        [Word(word, (SensitivityLevel?)null), .. Enum.GetValues<SensitivityLevel>().Where(level => level <= clearance).Select(level => Word(word, (SensitivityLevel?)level))];

    /// <summary>Whether an event has the term of a field; null if it is the term of a word.</summary>
    public static bool? IsOfField(AuditEvent e, string term) => term[0] switch
    {
        'a' => term == Action(e.Action),
        't' => term == ActorType(e.ActorType),
        'u' => e.ActorUserId is { } actor && term == Actor(actor),
        'r' => e.ResourceType is { } type && term == ResourceType(type),
        'R' => e.ResourceId is { } id && term == Resource(id),
        'T' => e.TargetUserId is { } target && term == Target(target),
        's' => term == Severity(e.Severity),
        'o' => term == Outcome(e.Outcome),
        'i' => e.IpAddress is { } address && term == Address(address),
        'c' => e.CorrelationId is { } correlation && term == Correlation(correlation),
        _ => null,
    };

    /// <summary>All terms of an event.</summary>
    public static HashSet<string> Of(AuditEvent e)
    {
        var terms = PublicOf(e);
        terms.UnionWith(PersonalOf(e));
        return terms;
    }

    /// <summary>The terms that an event has no longer once it is erased.</summary>
    public static HashSet<string> PersonalAlone(AuditEvent e)
    {
        var terms = PersonalOf(e);
        terms.ExceptWith(PublicOf(e));
        return terms;
    }

    private static HashSet<string> PublicOf(AuditEvent e)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal) { Action(e.Action), ActorType(e.ActorType), Severity(e.Severity), Outcome(e.Outcome) };
        Add(terms, e.ActorUserId, Actor);
        Add(terms, e.TargetUserId, Target);
        Add(terms, e.ResourceType, ResourceType);
        Add(terms, e.ResourceId, Resource);
        Add(terms, e.CorrelationId, Correlation);
        AddWords(terms, e.Action, null);
        return terms;
    }

    private static HashSet<string> PersonalOf(AuditEvent e)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        Add(terms, e.IpAddress, Address);
        if (e.ActorLabel is not null)
            AddWords(terms, e.ActorLabel, null);
        foreach (var text in Texts(e.Changes).Concat(Texts(e.Metadata)))
            AddWords(terms, text, e.Sensitivity);
        return terms;
    }

    /// <summary>The words of a text, as they are looked for.</summary>
    public static IEnumerable<string> Words(string text) => Guid.TryParse(text.Trim(), out var id)
        ? [id.ToString()]
        : TextAnalysis.Tokens(text, null).Where(token => !token.IsStopWord).Select(token => token.Term);

    private static string Word(string word, SensitivityLevel? label) => label is { } level ? $"w{(int)level}:{word}" : "w:" + word;

    private static void Add(HashSet<string> terms, string? value, Func<string, string> term)
    {
        if (value is not null)
            terms.Add(term(value));
    }

    private static void Add(HashSet<string> terms, Guid? value, Func<Guid, string> term)
    {
        if (value is { } id)
            terms.Add(term(id));
    }

    private static void AddWords(HashSet<string> terms, string text, SensitivityLevel? label)
    {
        foreach (var word in Words(text))
            if (terms.Count < MostWords)
                terms.Add(Word(word, label));
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number => [value.ToString()],
        _ => [],
    };
}
