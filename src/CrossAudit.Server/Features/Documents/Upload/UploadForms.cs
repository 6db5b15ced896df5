using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Features.Documents.Upload;

/// <summary>A new document and its content, as a form.</summary>
// For the API description alone: the module reads the form part by part, and checks it as a CreateDocumentRequest.
internal sealed record NewDocumentForm
{
    /// <summary>The file: PDF, DOCX, PPTX, XLSX, ODT, RTF, HTML, Markdown, CSV, plain text, EML, or a ZIP archive of these.</summary>
    public required IFormFile File { get; init; }

    /// <summary>The title; the file's name without its extension where left out.</summary>
    [Text(300, MinLength = 1)]
    public string? Title { get; init; }

    /// <summary>What the document is about.</summary>
    [Text(5000)]
    public string? Description { get; init; }

    /// <summary>What kind of document it is.</summary>
    [Text(50, MinLength = 1)]
    public string? DocumentType { get; init; }

    /// <summary>How closely it is held.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>The department it belongs to; the organization at large where left out.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Words to find it by: the field is repeated.</summary>
    [MaxLength(50), Text(100, MinLength = 1)]
    public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>A new version, as a form.</summary>
internal sealed record NewVersionForm
{
    /// <summary>The file.</summary>
    public required IFormFile File { get; init; }

    /// <summary>What changed.</summary>
    [Text(1000)]
    public string? ChangeDescription { get; init; }
}

/// <summary>The fields that come with a new version.</summary>
internal sealed record NewVersionFields
{
    [Text(1000)]
    public string? ChangeDescription { get; init; }
}
