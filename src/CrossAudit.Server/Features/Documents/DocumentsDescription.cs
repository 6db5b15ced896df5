using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Http.OpenApi;

namespace CrossAudit.Server.Features.Documents;

/// <summary>What the API description says of documents.</summary>
internal static class DocumentsDescription
{
    private const string Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static readonly DateTimeOffset Made = new(2026, 1, 31, 9, 5, 0, TimeSpan.Zero);
    private static readonly Guid Author = new("019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f");
    private static readonly Guid Policy = new("019a4c21-3e4f-7a6b-8c9d-0e1f2a3b4c5d");

    private static DocumentView Document { get; } = new()
    {
        Id = Policy,
        OrganizationId = new("019a4c1e-7d2c-7f11-8c02-5b6a7c8d9e0f"),
        Title = "Model risk policy",
        Description = "How models are approved, watched and retired.",
        DocumentType = "policy",
        CurrentVersion = 1,
        TotalVersions = 1,
        FileSize = 48_213,
        MimeType = "application/pdf",
        Checksum = Sha256,
        SensitivityLevel = SensitivityLevel.Internal,
        RetentionPolicy = new RetentionPolicyView { RetentionPeriod = 2555, AutoDelete = false, StartsAt = "created_at" },
        RetentionSource = "organization",
        RetainedUntil = Made.AddDays(2555),
        LegalHold = false,
        Tags = ["risk", "models"],
        Status = DocumentStatus.Indexed,
        CreatedBy = Author,
        LastModifiedBy = Author,
        IndexedAt = Made.AddSeconds(2),
        CreatedAt = Made,
        UpdatedAt = Made,
    };

    private static FragmentView Fragment { get; } = new()
    {
        Id = new("019a4c21-5a6b-7c8d-9e0f-1a2b3c4d5e6f"),
        DocumentId = Policy,
        DocumentTitle = Document.Title,
        VersionNumber = 1,
        Content = "Every model is approved by the risk committee before it is used.",
        ContentPreview = "Every model is approved by the risk committee before it is used.",
        PageNumber = 3,
        ParagraphNumber = 12,
        FragmentType = FragmentType.Paragraph,
        Language = "en",
        ConfidenceScore = 0.98,
        SensitivityLevel = SensitivityLevel.Internal,
        Metadata = [],
        Tags = Document.Tags,
        CharStart = 4180,
        CharEnd = 4244,
        CreatedAt = Made.AddSeconds(2),
    };

    public static ApiArea Area { get; } = new(
        "Documents",
        "Documents, their versions, and the search in their text. A document above one's clearance does not exist for one, on any route.",
        Document,
        Fragment,
        new CreateDocumentRequest { Title = Document.Title, Description = Document.Description, DocumentType = "policy", SensitivityLevel = SensitivityLevel.Internal, Tags = Document.Tags },
        new UpdateDocumentRequest { Title = "Model risk policy 2026", SensitivityLevel = SensitivityLevel.Confidential },
        new UploadView { DocumentId = Policy, VersionNumber = 1, Filename = "model-risk.pdf", Size = 48_213, MimeType = "application/pdf", Checksum = Sha256 },
        new VersionView
        {
            Id = new("019a4c21-4b5c-7d6e-8f70-819293a4b5c6"),
            DocumentId = Policy,
            VersionNumber = 1,
            Title = Document.Title,
            Filename = "model-risk.pdf",
            ContentHash = Sha256,
            FileSize = 48_213,
            MimeType = "application/pdf",
            ChangeType = "initial",
            Metadata = [],
            CreatedBy = Author,
            IsActive = true,
            ContentVerifiedAt = Made.AddDays(1),
            CreatedAt = Made,
        },
        new ComparisonView
        {
            DocumentId = Policy,
            From = 1,
            To = 2,
            Fields = new() { ["file_size"] = new System.Text.Json.Nodes.JsonObject { ["from"] = 48_213, ["to"] = 48_391 } },
            AddedLines = 1,
            DeletedLines = 1,
            Hunks =
            [
                new HunkView
                {
                    FromStart = 12,
                    FromCount = 1,
                    ToStart = 12,
                    ToCount = 1,
                    Lines =
                    [
                        new DiffLineView { Kind = "deleted", FromLine = 12, Text = "Every model is approved by the risk committee." },
                        new DiffLineView { Kind = "added", ToLine = 12, Text = Fragment.Content },
                    ],
                },
            ],
            Unified = "--- model-risk.pdf (version 1)\n+++ model-risk.pdf (version 2)\n@@ -12 +12 @@\n-Every model is approved by the risk committee.\n+Every model is approved by the risk committee before it is used.\n",
        },
        new DocumentChangeView
        {
            Id = new("019a4c22-1b2c-7d3e-8f4a-5b6c7d8e9f0a"),
            Action = AuditActions.DocumentUpdated,
            ActorUserId = Author,
            Changes = new() { ["title"] = new System.Text.Json.Nodes.JsonObject { ["from"] = "Draft", ["to"] = Document.Title } },
            Metadata = new() { ["reason"] = "Approved by the board" },
            CreatedAt = Made.AddDays(2),
        },
        new DocumentFindingsView
        {
            DocumentId = Policy,
            VersionNumber = 1,
            SensitivityLevel = SensitivityLevel.Internal,
            SuggestedSensitivityLevel = SensitivityLevel.Confidential,
            Counts = new Dictionary<FindingKind, int> { [FindingKind.Iban] = 1 },
            Findings = [new FindingView { Kind = FindingKind.Iban, PageNumber = 3, ParagraphNumber = 14, CharStart = 4391, CharEnd = 4418, Preview = "DE•• •••• •••• •••• ••30 00" }],
        },
        new SearchRequest { Query = "\"risk committee\" approved -draft", Limit = 10, DocumentTypes = ["policy"] },
        Envelope.Of<SearchHit>(
            [new SearchHit { Fragment = Fragment, Score = 0.91, Distance = 0.09, Highlights = [new Highlight { Start = 15, End = 23 }, new Highlight { Start = 31, End = 45 }] }],
            new PageMeta { Limit = 10, Offset = 0, HasMore = false }));
}
