using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings.Detectors;

/// <summary>A stretch of a text that a detector holds for personal or secret data.</summary>
/// <param name="Kind">What kind of data.</param>
/// <param name="Type">More exactly; null where the kind says it all.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct Detection(FindingKind Kind, string? Type, int Start, int Length)
{
    public int End => Start + Length;

    public bool Overlaps(Detection other) => Start < other.End && other.Start < End;
}
