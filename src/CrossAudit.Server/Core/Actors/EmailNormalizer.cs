using CrossAudit.Contracts;
using Microsoft.AspNetCore.Identity;

namespace CrossAudit.Server.Core.Actors;

/// <summary>How accounts' addresses are compared, in ASP.NET Core Identity and everywhere else; an account's name is its address.</summary>
internal sealed class EmailNormalizer : ILookupNormalizer
{
    // What is no address matches no account's.
    public string? NormalizeEmail(string? email) => EmailAddress.TryNormalize(email, out var normalized) ? normalized : email?.ToUpperInvariant();

    public string? NormalizeName(string? name) => NormalizeEmail(name);
}
