using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Core.Permissions;

/// <summary>
/// Makes a change of who may do what in the actor's organization: decided by the graph as it is, saved only if it still is that, and undone if it would keep an
/// owner from putting things right again.
/// </summary>
internal sealed class AccessChanges(AppDbContext db, DataScope scope, AccessGraphs graphs, Actor actor, TimeProvider clock)
{
    private const int MostRaces = 20;

    /// <summary>Decides and saves; where somebody else's change comes in between, decides anew.</summary>
    /// <param name="needed">What the actor must hold for it; who no longer does, by somebody else's change, has lost the race. Null for what anybody may do to themselves.</param>
    /// <param name="decide">Tracks what is to be saved; or nothing, where it refuses.</param>
    /// <param name="lost">The outcome where others were faster.</param>
    /// <param name="ownerLockedOut">The outcome where an owner would be left without what administering takes.</param>
    public async Task<TOutcome> MakeAsync<TOutcome>(string? needed, Func<UserAccess, Task<TOutcome>> decide, TOutcome lost, TOutcome ownerLockedOut, CancellationToken stop)
    {
        for (var race = 0; race < MostRaces; race++)
        {
            var graph = await graphs.OfAsync(actor.OrganizationId, stop);
            var access = actor.AccessIn(graph, clock.GetUtcNow());
            if (needed is not null && !access.Allows(needed))
                return lost;
            scope.ExpectedAccessVersion = graph.Version;
            try
            {
                var outcome = await decide(access);
                db.ChangeTracker.DetectChanges();
                if (db.ChangeTracker.HasChanges())
                    await db.WriteAsync(SaveAsync, stop);
                return outcome;
            }
            catch (OwnerLockedOutException)
            {
                return ownerLockedOut;
            }
            catch (DbUpdateException overtaken) when (overtaken.IsLostRace())
            {
                graphs.Forget(actor.OrganizationId);
            }
            finally
            {
                scope.ExpectedAccessVersion = null;
                db.ChangeTracker.Clear();
            }
        }
        return lost;

        async Task<int> SaveAsync()
        {
            var rows = await db.SaveChangesAsync(stop);
            return await IsOwnerLockedOutAsync(stop) ? throw new OwnerLockedOutException() : rows;
        }
    }

    // An owner with no role beside the membership's cannot be denied anything: mostly this is one look at an index.
    private async Task<bool> IsOwnerLockedOutAsync(CancellationToken stop)
    {
        var owners = await db.Set<Membership>().Where(m => m.Role == DefaultRoles.Owner && db.Set<RoleGrant>().Any(g => g.UserId == m.UserId && g.DepartmentId == null))
            .Select(m => m.UserId).ToListAsync(stop);
        if (owners.Count == 0)
            return false;
        var (graph, now) = (await AccessGraphReader.ReadAsync(db, actor.OrganizationId, stop), clock.GetUtcNow());
        return owners.Select(owner => graph.Compile(owner, now)).Any(access => !access.Allows(Contracts.Permissions.RolesManage) || !access.Allows(Contracts.Permissions.UsersManage));
    }

    /// <summary>Undoes the transaction.</summary>
    private sealed class OwnerLockedOutException : Exception;
}
