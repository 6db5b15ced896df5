using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Findings.Detectors;

namespace CrossAudit.Server.Features.Documents.Findings;

/// <summary>Looks through the passages of a version for personal and secret data.</summary>
internal sealed class TextFindings
{
    /// <summary>Of so many the places are kept; all are counted.</summary>
    public const int MostKept = 1000;

    // No number that is looked for has fewer digits.
    private const int FewestDigits = 6;

    private readonly List<FindingView> _kept = [];
    private readonly SortedDictionary<FindingKind, int> _counts = [];
    private readonly List<Detection> _detections = [];

    public FoundData Found => new(_counts, _kept);

    /// <summary>Looks through the passage that follows.</summary>
    public void Add(ExtractedFragment passage, string? language)
    {
        var text = passage.Content;
        _detections.Clear();
        Detect(text, language);
        var taken = new List<Detection>();
        // What is found first is the surer kind: of two that overlap it stays.
        foreach (var detection in _detections.Where(detection => !taken.Exists(detection.Overlaps)))
            taken.Add(detection);
        foreach (var detection in taken.OrderBy(detection => detection.Start))
        {
            _counts[detection.Kind] = _counts.GetValueOrDefault(detection.Kind) + 1;
            if (_kept.Count < MostKept)
                _kept.Add(new FindingView
                {
                    Kind = detection.Kind,
                    Type = detection.Type,
                    PageNumber = passage.PageNumber,
                    ParagraphNumber = passage.ParagraphNumber,
                    CharStart = passage.CharStart + detection.Start,
                    CharEnd = passage.CharStart + detection.End,
                    Preview = Masking.Mask(detection.Kind, text.AsSpan(detection.Start, detection.Length)),
                });
        }
    }

    private void Detect(string text, string? language)
    {
        Secrets.Find(text, _detections);
        EmailAddresses.Find(text, _detections);
        var digits = 0;
        foreach (var character in text)
            if (char.IsAsciiDigit(character))
                digits++;
        if (digits < FewestDigits)
            return;
        BankAccounts.Find(text, _detections);
        PaymentCards.Find(text, _detections);
        NationalIds.Find(text, _detections);
        PhoneNumbersInText.Find(text, language, _detections);
    }
}
