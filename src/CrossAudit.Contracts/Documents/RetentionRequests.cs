using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CrossAudit.Contracts.Documents;

/// <summary>Sets how long a document is kept. A field that does not exist is refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SetRetentionRequest
{
    /// <summary>Days it is kept. Needed unless <c>inherit</c> is true.</summary>
    [RequiredUnlessInherited, Range(1, 36_500)]
    public int? RetentionPeriod { get; init; }

    /// <summary>True gives up the document's own policy: that of its type, label or organization rules again.</summary>
    public bool Inherit { get; init; }

    /// <summary>Whether it is to be disposed of by itself when the days are over.</summary>
    public bool AutoDelete { get; init; }

    /// <summary>What the days are counted from: <c>created_at</c> or <c>updated_at</c>.</summary>
    [AllowedValues("created_at", "updated_at", ErrorMessage = "It is created_at or updated_at.")]
    public string StartsAt { get; init; } = "created_at";

    /// <summary>Why; it stands in the audit trail.</summary>
    [Text(1000)]
    public string? Reason { get; init; }
}

/// <summary>A period, where the document is to have one of its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredUnlessInheritedAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    public override bool RequiresValidationContext => true;

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is null && validationContext?.ObjectInstance is SetRetentionRequest { Inherit: false } ? new ValidationResult("It is needed, unless inherit is true.") : ValidationResult.Success;
}

/// <summary>Places a document under legal hold, or ends the hold. A field that does not exist is refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SetLegalHoldRequest
{
    /// <summary>True places it under hold, false ends the hold.</summary>
    [Required]
    public bool? LegalHold { get; init; }

    /// <summary>Why, such as the matter's number: needed to place a hold and to end it. It stands in the audit trail.</summary>
    [Required, Text(1000, MinLength = 1)]
    public string Reason { get; init; } = "";
}
