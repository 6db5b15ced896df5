using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Access.Questions;

/// <summary>Why a question about access is not answered.</summary>
internal enum QuestionRefusal
{
    /// <summary>It is about somebody else, and the asker may not see who holds what.</summary>
    NotAllowed,

    PermissionUnknown,

    /// <summary>There is no such member.</summary>
    UserMissing,

    /// <summary>There is no such thing, or none that the asker may know of.</summary>
    ResourceMissing,
}

/// <summary>What came of a question.</summary>
internal readonly record struct Answered<T>(T Value, QuestionRefusal? Refusal)
{
    public static implicit operator Answered<T>(T value) => new(value, null);

    public static implicit operator Answered<T>(QuestionRefusal why) => new(default!, why);
}

/// <summary>Answers who may do what in the actor's organization, and why. A thing that the asker may not know of is not there for them.</summary>
internal sealed class AccessQuestions(AppDbContext db, Actor actor, AccessGraphs graphs, IEnumerable<IPlacedResource> resources, AuditTrail audit, TimeProvider clock)
{
    public async Task<Answered<CheckView>> CheckAsync(CheckRequest question, CancellationToken stop)
    {
        var user = question.UserId ?? actor.RequiredUserId;
        if (!await MayAskAsync(user, stop))
            return QuestionRefusal.NotAllowed;
        var graph = await GraphAsync(stop);
        if (graph.Permissions.NumberOf(question.Permission) < 0)
            return QuestionRefusal.PermissionUnknown;
        if (!graph.HasMember(user))
            return QuestionRefusal.UserMissing;
        if (await PlaceAsync(question.ResourceType, question.ResourceId, stop) is not { } place)
            return QuestionRefusal.ResourceMissing;
        var decision = AccessDecision.Of(graph, user, question.Permission, place, clock.GetUtcNow());
        return new CheckView
        {
            UserId = user,
            Permission = question.Permission,
            ResourceType = question.ResourceType,
            ResourceId = question.ResourceId,
            Allowed = decision.IsAllowed,
            Because = decision.Reasons.ToViews(),
        };
    }

    /// <summary>Everybody who may do something somewhere, in the order in which their accounts were made.</summary>
    public async Task<Answered<Page<HolderView>>> WhoCanAsync(string permission, string? resourceType, Guid? resourceId, PageRequest page, CancellationToken stop)
    {
        var (graph, now) = (await GraphAsync(stop), clock.GetUtcNow());
        if (graph.Permissions.NumberOf(permission) < 0)
            return QuestionRefusal.PermissionUnknown;
        if (await PlaceAsync(resourceType, resourceId, stop) is not { } place)
            return QuestionRefusal.ResourceMissing;
        var all = graph.Users.Where(user => graph.Allows(user, permission, place, now)).Order().ToList();
        var shown = all.Skip(page.Offset).Take(page.Limit).ToList();
        var emails = await db.Set<User>().Where(u => shown.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Email!, stop);
        return new Page<HolderView>(
            [.. shown.Select(user => new HolderView { UserId = user, Email = emails.GetValueOrDefault(user, ""), Because = AccessDecision.Of(graph, user, permission, place, now).Reasons.ToViews() })],
            all.Count);
    }

    /// <summary>All that somebody holds, each with every way in which it came to them.</summary>
    public async Task<Answered<Page<EffectivePermissionView>>> PermissionsOfAsync(Guid user, PageRequest page, CancellationToken stop)
    {
        if (!await MayAskAsync(user, stop))
            return QuestionRefusal.NotAllowed;
        var graph = await GraphAsync(stop);
        if (!graph.HasMember(user))
            return QuestionRefusal.UserMissing;
        var all = EffectivePermissions.Of(graph, user, clock.GetUtcNow());
        return new Page<EffectivePermissionView>([.. all.Skip(page.Offset).Take(page.Limit)], all.Count);
    }

    /// <summary>Whether the actor may ask about somebody: about oneself always.</summary>
    public async Task<bool> MayAskAsync(Guid user, CancellationToken stop)
    {
        if (user == actor.UserId || actor.Access.Allows(Permissions.RolesRead))
            return true;
        await audit.DenyAsync(ResourceAccess.Denial(actor, Permissions.RolesRead, ResourcePlace.Organization, clock.GetUtcNow()) with { TargetUserId = user }, stop);
        return false;
    }

    private async Task<ResourcePlace?> PlaceAsync(string? type, Guid? id, CancellationToken stop)
    {
        if (type is null || id is null)
            return ResourcePlace.Organization;
        return resources.FirstOrDefault(kind => kind.ResourceType == type) is { } kind ? await kind.FindAsync(db, id.Value, stop) : null;
    }

    private ValueTask<AccessGraph> GraphAsync(CancellationToken stop) => graphs.OfAsync(actor.OrganizationId, stop);
}
