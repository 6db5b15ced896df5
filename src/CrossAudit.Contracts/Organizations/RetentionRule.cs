using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Contracts.Organizations;

/// <summary>How long documents of one type, or with one label, are kept.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetentionRule
{
    /// <summary>The type that it is for; null where it is for a label.</summary>
    [Text(100, MinLength = 1)]
    public string? DocumentType { get; init; }

    /// <summary>The label that it is for; null where it is for a type.</summary>
    public SensitivityLevel? SensitivityLevel { get; init; }

    /// <summary>Days they are kept.</summary>
    [Range(1, 36_500)]
    public int RetentionPeriod { get; init; } = 2555;

    /// <summary>Whether they are disposed of by themselves when the days are over.</summary>
    public bool AutoDelete { get; init; }

    /// <summary>What the days are counted from: <c>created_at</c> or <c>updated_at</c>.</summary>
    [AllowedValues("created_at", "updated_at", ErrorMessage = "It is created_at or updated_at.")]
    public string StartsAt { get; init; } = "created_at";
}

/// <summary>Rules that are each for a type or for a label, and no two for the same.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RetentionRulesAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not IReadOnlyList<RetentionRule> rules)
            return ValidationResult.Success;
        if (rules.Any(rule => rule is null || rule.DocumentType is null == rule.SensitivityLevel is null))
            return new ValidationResult("Each rule names a document_type or a sensitivity_level, and not both.");
        return rules.DistinctBy(rule => (rule.DocumentType, rule.SensitivityLevel)).Count() == rules.Count
            ? ValidationResult.Success
            : new ValidationResult("Two rules are for the same documents.");
    }
}
