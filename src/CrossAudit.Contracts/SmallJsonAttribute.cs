using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Nodes;

namespace CrossAudit.Contracts;

/// <summary>Free-form JSON that stays small: at most <see cref="MaxBytes"/> bytes as UTF-8, without U+0000, which PostgreSQL cannot hold.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SmallJsonAttribute : ValidationAttribute
{
    /// <summary>The most bytes.</summary>
    public int MaxBytes { get; init; } = 4096;

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var text = value is JsonNode node ? node.ToJsonString() : "";
        var error = Encoding.UTF8.GetByteCount(text) > MaxBytes ? $"It takes at most {MaxBytes} bytes."
            : text.Contains("\\u0000", StringComparison.Ordinal) ? "It cannot hold the character U+0000." : null;
        return error is null ? ValidationResult.Success : new ValidationResult(error, [validationContext.MemberName ?? ""]);
    }
}
