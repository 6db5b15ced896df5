using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// Where one permission is held and up to which label, in the form that queries filter by: a level that holds for the whole organization, and the departments
/// that differ from it.
/// </summary>
internal sealed record Reach
{
    private const SensitivityLevel NoLevel = (SensitivityLevel)(-1);

    /// <summary>Up to which label it is held where nothing else is said; below every label where it is not held.</summary>
    public SensitivityLevel Level { get; init; } = NoLevel;

    /// <summary>Departments in which it is denied.</summary>
    public IReadOnlyList<Guid> Barred { get; init; } = [];

    // Departments in which it is held up to just this label, which is above the level.
    public IReadOnlyList<Guid> Public { get; init; } = [];
    public IReadOnlyList<Guid> Internal { get; init; } = [];
    public IReadOnlyList<Guid> Confidential { get; init; } = [];
    public IReadOnlyList<Guid> Restricted { get; init; } = [];

    public static Reach Nothing { get; } = new();

    private static readonly Reach[] ByLevel = [.. Enum.GetValues<SensitivityLevel>().Order().Select(level => new Reach { Level = level })];

    public static Reach Everything { get; } = UpTo(SensitivityLevel.Restricted);

    public bool IsNothing => Level == NoLevel && Raised().All(departments => departments.Count == 0);

    /// <summary>The highest label up to which it is held anywhere.</summary>
    public SensitivityLevel Highest => Restricted.Count > 0 ? SensitivityLevel.Restricted
        : Confidential.Count > 0 && Level < SensitivityLevel.Confidential ? SensitivityLevel.Confidential
        : Internal.Count > 0 && Level < SensitivityLevel.Internal ? SensitivityLevel.Internal
        : Level < SensitivityLevel.Public ? SensitivityLevel.Public : Level;

    /// <summary>Held everywhere, up to a label.</summary>
    public static Reach UpTo(SensitivityLevel level) => ByLevel[(int)level];

    /// <summary>Sorts departments by how they differ from the organization's level.</summary>
    /// <param name="levels">Each department with the label up to which it is held there; null where it is not.</param>
    public static Reach Of(SensitivityLevel? level, IEnumerable<(Guid Department, SensitivityLevel? Level)> levels)
    {
        var basis = level ?? NoLevel;
        var differing = levels.Where(department => (department.Level ?? NoLevel) != basis).ToLookup(department => department.Level ?? NoLevel, department => department.Department);
        return new Reach
        {
            Level = basis,
            Barred = [.. differing[NoLevel]],
            Public = [.. differing[SensitivityLevel.Public]],
            Internal = [.. differing[SensitivityLevel.Internal]],
            Confidential = [.. differing[SensitivityLevel.Confidential]],
            Restricted = [.. differing[SensitivityLevel.Restricted]],
        };
    }

    private IReadOnlyList<Guid>[] Raised() => [Public, Internal, Confidential, Restricted];
}
