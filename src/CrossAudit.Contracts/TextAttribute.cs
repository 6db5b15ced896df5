using System.ComponentModel.DataAnnotations;

namespace CrossAudit.Contracts;

/// <summary>
/// Text that can be stored and shown: <see cref="MinLength"/> to <see cref="MaxLength"/> characters (UTF-16 code units),
/// not blank where a minimum is set, without U+0000 (PostgreSQL cannot hold it) and without lone surrogates (UTF-8 cannot).
/// </summary>
/// <param name="maxLength">The most characters.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class TextAttribute(int maxLength) : ValidationAttribute
{
    /// <summary>The most characters.</summary>
    public int MaxLength { get; } = maxLength;

    /// <summary>The least characters; anything above 0 also refuses blank text and, on an update, an explicit null.</summary>
    public int MinLength { get; init; }

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var error = value switch
        {
            IOptional { IsSet: false } => null,
            IOptional { Value: null } => MinLength > 0 ? "It cannot be null." : null,
            IOptional { Value: string text } => Check(text),
            IEnumerable<string?> items => items.Select(item => item is null ? "It cannot hold null." : Check(item)).FirstOrDefault(e => e is not null),
            string text => Check(text),
            _ => null,
        };
        return error is null ? ValidationResult.Success : new ValidationResult(error, [validationContext.MemberName ?? ""]);
    }

    private string? Check(string text)
    {
        if (text.Length > MaxLength)
            return $"It takes at most {MaxLength} characters.";
        if (text.Length < MinLength || (MinLength > 0 && string.IsNullOrWhiteSpace(text)))
            return MinLength <= 1 ? "It cannot be empty." : $"It takes at least {MinLength} characters.";
        if (text.Contains('\0', StringComparison.Ordinal))
            return "It cannot hold the character U+0000.";
        return HasLoneSurrogate(text) ? "It holds half of a surrogate pair, which is not a character." : null;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }
        return false;
    }
}
