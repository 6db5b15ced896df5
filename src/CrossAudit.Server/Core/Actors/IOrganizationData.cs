namespace CrossAudit.Server.Core.Actors;

/// <summary>
/// What a feature keeps for an organization. Features do not know each other, but an organization that goes, and a member who leaves, concern them all.
/// </summary>
internal interface IOrganizationData
{
    /// <summary>Takes what ties a member to the organization out of it, in the running unit of work.</summary>
    Task RemoveMemberAsync(Guid organizationId, Guid userId, CancellationToken stop);

    /// <summary>Destroys everything of the organization, in bounded steps. It may be stopped at any moment, and is then begun anew.</summary>
    Task DestroyAsync(Guid organizationId, CancellationToken stop);
}
