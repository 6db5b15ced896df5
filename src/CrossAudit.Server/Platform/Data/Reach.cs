using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// Where one permission is held and up to which label, in the form that queries filter by: a level that holds for the whole organization, and the departments
/// that differ from it.
/// </summary>
/// <remarks>
/// Departments are listed as text. A list of ids would go to SQLite as JSON, and to unpack it the database parses a table's declaration for each list each time:
/// a third of what reading a document costs. Finding an id in a text costs nothing to prepare.
/// </remarks>
internal sealed record Reach
{
    private const SensitivityLevel NoLevel = (SensitivityLevel)(-1);

    /// <summary>Up to which label it is held where nothing else is said; below every label where it is not held.</summary>
    public SensitivityLevel Level { get; init; } = NoLevel;

    /// <summary>Departments in which it is denied: their ids in capital letters, with a space between.</summary>
    public string Barred { get; init; } = "";

    // Likewise departments in which it is held up to just this label.
    public string Public { get; init; } = "";
    public string Internal { get; init; } = "";
    public string Confidential { get; init; } = "";
    public string Restricted { get; init; } = "";

    public static Reach Nothing { get; } = new();

    private static readonly Reach[] ByLevel = [.. Enum.GetValues<SensitivityLevel>().Order().Select(level => new Reach { Level = level })];

    public static Reach Everything { get; } = UpTo(SensitivityLevel.Restricted);

    /// <summary>The highest label up to which it is held anywhere.</summary>
    public SensitivityLevel Highest => Restricted.Length > 0 ? SensitivityLevel.Restricted
        : Confidential.Length > 0 && Level < SensitivityLevel.Confidential ? SensitivityLevel.Confidential
        : Internal.Length > 0 && Level < SensitivityLevel.Internal ? SensitivityLevel.Internal
        : Level < SensitivityLevel.Public ? SensitivityLevel.Public : Level;

    /// <summary>Held everywhere, up to a label.</summary>
    public static Reach UpTo(SensitivityLevel level) => ByLevel[(int)level];

    /// <summary>Sorts departments by how they differ from the organization's level.</summary>
    /// <param name="level">The organization's level; null where it is not held there.</param>
    /// <param name="levels">Each department with the label up to which it is held there; null where it is not.</param>
    public static Reach Of(SensitivityLevel? level, IEnumerable<(Guid Department, SensitivityLevel? Level)> levels)
    {
        var basis = level ?? NoLevel;
        var differing = levels.Where(department => (department.Level ?? NoLevel) != basis).ToLookup(department => department.Level ?? NoLevel, department => department.Department);
        string List(SensitivityLevel of) => string.Join(' ', differing[of]).ToUpperInvariant();
        return new Reach
        {
            Level = basis,
            Barred = List(NoLevel),
            Public = List(SensitivityLevel.Public),
            Internal = List(SensitivityLevel.Internal),
            Confidential = List(SensitivityLevel.Confidential),
            Restricted = List(SensitivityLevel.Restricted),
        };
    }
}
