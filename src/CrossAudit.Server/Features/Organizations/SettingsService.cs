using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Organizations;

/// <summary>How a change of an organization or its rules ended.</summary>
internal abstract record SettingsOutcome<T>
{
    public sealed record Saved(Revised<T> Value) : SettingsOutcome<T>;

    /// <summary>The caller's <c>If-Match</c> names an older revision, or someone was faster.</summary>
    public sealed record Stale : SettingsOutcome<T>;

    /// <summary>The caller does not keep the new rules themselves: by which they fall short.</summary>
    public sealed record ShutsOutSetter(string Restriction) : SettingsOutcome<T>;
}

/// <summary>The description and the rules of the actor's organization.</summary>
internal sealed class SettingsService(AppDbContext db, Actor actor, AuditTrail audit, ActorChanges changes, IEnumerable<IOrganizationData> data, TimeProvider clock)
{
    public async Task<Revised<OrganizationSettings>> ReadAsync(CancellationToken stop)
    {
        var organization = await OwnAsync(stop);
        return new(organization.Settings, organization.Revision);
    }

    public async Task<SettingsOutcome<OrganizationView>> DescribeAsync(UpdateOrganizationRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        var organization = await OwnAsync(stop);
        if (!ifMatch.Allows(organization.Revision))
            return new SettingsOutcome<OrganizationView>.Stale();
        organization.Name = request.Name.Or(organization.Name)!;
        organization.DisplayName = request.DisplayName.Or(organization.DisplayName)!;
        organization.Description = request.Description.Or(organization.Description);
        organization.Domain = request.Domain.Or(organization.Domain);
        organization.LogoUrl = request.LogoUrl.Or(organization.LogoUrl);
        organization.Website = request.Website.Or(organization.Website);
        organization.Industry = request.Industry.Or(organization.Industry);
        organization.CompanySize = request.CompanySize.Or(organization.CompanySize);
        organization.HeadquartersLocation = request.HeadquartersLocation.Or(organization.HeadquartersLocation);
        db.ChangeTracker.DetectChanges();
        if (db.ChangesOf(organization) is { } changed)
        {
            if (!await SaveAsync(organization, AuditActions.OrganizationUpdated, changed, stop))
                return new SettingsOutcome<OrganizationView>.Stale();
            await changes.OrganizationChangedAsync(organization.Id);
        }
        return new SettingsOutcome<OrganizationView>.Saved(organization.ToRevised());
    }

    /// <summary>Changes the rules. They hold at once, for everybody, on every node.</summary>
    public async Task<SettingsOutcome<OrganizationSettings>> UpdateAsync(UpdateSettingsRequest request, IfMatch ifMatch, CancellationToken stop)
    {
        var organization = await OwnAsync(stop);
        if (!ifMatch.Allows(organization.Revision))
            return new SettingsOutcome<OrganizationSettings>.Stale();
        var (before, after) = (organization.Settings, With(organization.Settings, request));
        if (await ShortfallAsync(after, stop) is { } restriction)
            return new SettingsOutcome<OrganizationSettings>.ShutsOutSetter(restriction);
        if (Changes(before, after) is { Count: > 0 } changed)
        {
            organization.Settings = after;
            if (!await db.WriteAsync(() => SaveAndApplyAsync(organization, changed, stop), stop))
                return new SettingsOutcome<OrganizationSettings>.Stale();
            // After the commit: a node that hears of it earlier would read the old rules once more, and keep them.
            await changes.OrganizationChangedAsync(organization.Id);
        }
        return new SettingsOutcome<OrganizationSettings>.Saved(new(organization.Settings, organization.Revision));
    }

    private async Task<bool> SaveAndApplyAsync(Organization organization, JsonObject changed, CancellationToken stop)
    {
        if (!await SaveAsync(organization, AuditActions.SettingsUpdated, changed, stop))
            return false;
        foreach (var feature in data)
            await feature.ApplyAsync(organization.Id, organization.Settings, stop);
        return true;
    }

    private static OrganizationSettings With(OrganizationSettings settings, UpdateSettingsRequest request) => settings with
    {
        DefaultSensitivity = request.DefaultSensitivity ?? settings.DefaultSensitivity,
        Retention = request.Retention is { } retention
            ? new RetentionPolicyView { RetentionPeriod = retention.RetentionPeriod, AutoDelete = retention.AutoDelete, StartsAt = retention.StartsAt }
            : settings.Retention,
        RetentionRules = request.RetentionRules ?? settings.RetentionRules,
        BinDays = request.BinDays ?? settings.BinDays,
        MfaRequired = request.MfaRequired ?? settings.MfaRequired,
        AllowedDomains = request.AllowedDomains is { } domains ? [.. domains.Select(domain => EmailAddress.DomainOf(domain)!).Distinct(StringComparer.Ordinal)] : settings.AllowedDomains,
        SessionHours = request.SessionHours.IsSet ? request.SessionHours.Value : settings.SessionHours,
        ChatLabelPolicy = request.ChatLabelPolicy ?? settings.ChatLabelPolicy,
    };

    // Whoever sets a rule that they do not keep would be shut out with the answer to this very request.
    private async Task<string?> ShortfallAsync(OrganizationSettings settings, CancellationToken stop)
    {
        // A key has no session; where it was made, the second factor was asked for.
        var isMultiFactor = actor.Key is not null || (await db.Set<Session>().Where(s => s.Id == actor.SessionId).Select(s => s.Methods).SingleAsync(stop)).Split(' ').Contains("mfa");
        var own = await db.Set<User>().Where(u => u.Id == actor.UserId).Select(u => new { u.Email, u.EmailConfirmed }).SingleAsync(stop);
        if (settings.RestrictionOf(own.Email!, own.EmailConfirmed, isMultiFactor) is { } restriction)
            return restriction;
        // Nor does anybody shut an owner out: a second factor they can switch on, another address they cannot come by.
        var owners = await db.Set<Membership>().Where(m => m.Role == DefaultRoles.Owner && m.User!.IsActive).Select(m => m.User!.Email!).ToListAsync(stop);
        return owners.TrueForAll(settings.Admits) ? null : ErrorCodes.EmailDomainNotAllowed;
    }

    private static JsonObject Changes(OrganizationSettings before, OrganizationSettings after)
    {
        var (from, to) = (Node(before), Node(after));
        var changed = new JsonObject();
        foreach (var (name, value) in to)
            if (!JsonNode.DeepEquals(from[name], value))
                changed[name] = new JsonObject { ["from"] = from[name]?.DeepClone(), ["to"] = value?.DeepClone() };
        return changed;
    }

    private static JsonObject Node(OrganizationSettings settings) => JsonSerializer.SerializeToNode(settings, CrossAuditJson.Options)!.AsObject();

    private async Task<bool> SaveAsync(Organization organization, string action, JsonObject changed, CancellationToken stop)
    {
        organization.UpdatedAt = clock.GetUtcNow();
        audit.Record(AuditEntry.On(action, "organization", organization.Id) with { Severity = AuditSeverity.Notice, Changes = changed });
        return await db.TrySaveAsync(stop);
    }

    private Task<Organization> OwnAsync(CancellationToken stop) => db.Set<Organization>().SingleAsync(o => o.Id == actor.OrganizationId, stop);
}
