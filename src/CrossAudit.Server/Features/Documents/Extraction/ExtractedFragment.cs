using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>A piece of a document's text: a paragraph, heading, list item, table, row, or part of a long one.</summary>
/// <param name="Content">Never blank, at most <see cref="FragmentText.MaxCharacters"/> long, without U+0000 and lone surrogates.</param>
/// <param name="PageNumber">The sheet, from 1; null where the format has no pages.</param>
/// <param name="ParagraphNumber">From 1, counted through the document; a long paragraph counts once for each of its parts.</param>
/// <param name="Kind">What the piece is in its document.</param>
/// <param name="CharStart">
/// Where it begins, in UTF-16 code units, in the document's text: all fragments joined with "\n\n".
/// </param>
/// <param name="CharEnd">Where it ends, exclusive: <paramref name="CharStart"/> plus the length of the content.</param>
/// <param name="ConfidenceScore">How sure the text is, from 0 to 1; see <see cref="Confidence"/>.</param>
/// <param name="HeadingPath">The headings above, from the outermost, joined with " > "; null if there is none.</param>
/// <param name="Language">A BCP 47 tag; "und" for a language that is not among those known; null where the text is too short to tell.</param>
internal sealed record ExtractedFragment(
    string Content,
    int? PageNumber,
    int ParagraphNumber,
    FragmentType Kind,
    int CharStart,
    int CharEnd,
    double ConfidenceScore,
    string? HeadingPath,
    string? Language = null);
