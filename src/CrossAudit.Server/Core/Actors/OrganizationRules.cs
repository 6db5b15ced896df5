using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;

namespace CrossAudit.Server.Core.Actors;

/// <summary>What an organization's settings ask of its members and their sessions.</summary>
internal static class OrganizationRules
{
    /// <summary>The code of what a session lacks; null where it lacks nothing.</summary>
    public static string? RestrictionOf(this OrganizationSettings settings, string email, bool isEmailConfirmed, bool isMultiFactor)
    {
        if (settings.MfaRequired && !isMultiFactor)
            return ErrorCodes.MfaRequiredByOrganization;
        // An address that nobody has confirmed may be anybody's.
        return settings.AllowedDomains.Count > 0 && !(isEmailConfirmed && settings.Admits(email)) ? ErrorCodes.EmailDomainNotAllowed : null;
    }

    /// <summary>Whether an address is of a domain that is allowed: that very one, for subdomains may be anybody's.</summary>
    public static bool Admits(this OrganizationSettings settings, string email) =>
        settings.AllowedDomains.Count == 0 || (EmailAddress.DomainOf(email) is { } domain && settings.AllowedDomains.Contains(domain, StringComparer.OrdinalIgnoreCase));

    /// <summary>When a session ends at the latest.</summary>
    public static DateTimeOffset EndOf(this OrganizationSettings settings, Session session) =>
        settings.SessionHours is { } hours && session.CreatedAt.AddHours(hours) is var end && end < session.ExpiresAt ? end : session.ExpiresAt;
}
