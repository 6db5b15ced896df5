using System.Diagnostics.CodeAnalysis;

namespace CrossAudit.Contracts;

/// <summary>
/// A field of an update that may be absent. Absent leaves the stored value alone; an explicit <c>null</c> clears it
/// (the semantics of JSON Merge Patch, RFC 7396, for one field).
/// </summary>
/// <typeparam name="T">The field's type.</typeparam>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
public readonly record struct Optional<T> : IOptional
{
    /// <summary>A field that was sent.</summary>
    public Optional(T value)
    {
        IsSet = true;
        Value = value;
    }

    /// <summary>Whether the field was sent at all.</summary>
    public bool IsSet { get; }

    /// <summary>What was sent; the default where nothing was.</summary>
    public T? Value { get; }

    object? IOptional.Value => Value;

    /// <summary>The sent value, or <paramref name="current"/> where none was sent.</summary>
    public T? Or(T? current) => IsSet ? Value : current;

    /// <summary>Lets a value stand where an optional field is expected.</summary>
    public static implicit operator Optional<T>(T value) => new(value);
}

/// <summary>Lets validation look at an <see cref="Optional{T}"/> without knowing its type.</summary>
public interface IOptional
{
    /// <summary>Whether the field was sent at all.</summary>
    bool IsSet { get; }

    /// <summary>What was sent.</summary>
    object? Value { get; }
}
