using CrossAudit.Contracts.Organizations;

namespace CrossAudit.Server.Core.Actors;

/// <summary>
/// What a feature keeps for an organization. Features do not know each other, but an organization that goes, and a member who leaves, concern them all.
/// </summary>
internal interface IOrganizationData
{
    /// <summary>Takes what ties a member to the organization out of it, in the running unit of work.</summary>
    Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop);

    /// <summary>Whether something of the organization must not be destroyed, such as a document under legal hold.</summary>
    Task<bool> IsHeldAsync(Guid organizationId, CancellationToken stop) => Task.FromResult(false);

    /// <summary>Makes the organization's new rules hold for what there is already, in the running transaction.</summary>
    Task ApplyAsync(Guid organizationId, OrganizationSettings settings, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Destroys everything of the organization, in bounded steps. It may be stopped at any moment, and is then begun anew.</summary>
    Task DestroyAsync(Guid organizationId, CancellationToken stop);
}

internal static class OrganizationHolds
{
    /// <summary>Whether any feature keeps something of the organization that must not be destroyed.</summary>
    public static async Task<bool> IsAnyHeldAsync(this IEnumerable<IOrganizationData> features, Guid organizationId, CancellationToken stop)
    {
        foreach (var feature in features)
            if (await feature.IsHeldAsync(organizationId, stop))
                return true;
        return false;
    }
}
