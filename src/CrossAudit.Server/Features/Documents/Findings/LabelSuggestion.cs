using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Findings;

/// <summary>Which label suits what was found. docs/documents.md lists the rules.</summary>
internal static class LabelSuggestion
{
    // From so many on it is a list of people, and no signature.
    private const int AList = 10;

    /// <summary>The lowest label that suits; null where nothing was found.</summary>
    public static SensitivityLevel? Of(IReadOnlyDictionary<FindingKind, int> counts)
    {
        int Count(FindingKind kind) => counts.GetValueOrDefault(kind);
        var (identifying, contacts) = (Count(FindingKind.Iban) + Count(FindingKind.NationalId), Count(FindingKind.Email) + Count(FindingKind.Phone));
        if (Count(FindingKind.Secret) + Count(FindingKind.PaymentCard) > 0 || identifying >= AList)
            return SensitivityLevel.Restricted;
        if (identifying > 0 || contacts >= AList)
            return SensitivityLevel.Confidential;
        return contacts > 0 ? SensitivityLevel.Internal : null;
    }
}
