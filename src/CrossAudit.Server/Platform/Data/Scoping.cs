using CrossAudit.Contracts.Documents;

namespace CrossAudit.Server.Platform.Data;

/// <summary>A row that belongs to one organization: no query sees it from another.</summary>
internal interface IOrganizationOwned
{
    Guid OrganizationId { get; }
}

/// <summary>A row that a deletion moves out of sight, and a restore brings back.</summary>
internal interface ISoftDeleted
{
    DateTimeOffset? DeletedAt { get; }
}

/// <summary>A row that may belong to a department of its organization.</summary>
internal interface IDepartmental : IOrganizationOwned
{
    Guid? DepartmentId { get; }
}

/// <summary>A row whose changes are counted: the count is its <c>ETag</c>, and a stale one loses.</summary>
internal interface IRevised
{
    int Revision { get; set; }
}

/// <summary>
/// What a unit of work may see. It starts as nothing at all, so that whoever forgets to say for whom they read finds no rows
/// rather than everybody's.
/// </summary>
internal sealed class DataScope
{
    public Guid OrganizationId { get; set; }

    /// <summary>Who acts, whether account or API key: what is counted and kept for each is kept by it; all zeros where it is nobody.</summary>
    public Guid ActorId { get; set; }

    /// <summary>The account that reads; all zeros where it is none.</summary>
    public Guid UserId { get; set; }

    public SensitivityLevel Clearance { get; set; }

    /// <summary>Which documents may be read.</summary>
    public Reach Documents { get; set; } = Reach.Nothing;

    /// <summary>Which threads may be read.</summary>
    public Reach Threads { get; set; } = Reach.Nothing;

    /// <summary>What goes with the first change that is saved; null where nothing does, or once it has gone.</summary>
    public IdempotencyEffect? Effect { get; set; }

    /// <summary>The version of who may do what that this unit of work decided by: such a change is saved only if it still is that. Null where any will do.</summary>
    public long? ExpectedAccessVersion { get; set; }
}

/// <summary>The named query filters. A query that goes around one says which, and why.</summary>
internal static class Filters
{
    public const string Organization = "organization";
    public const string Deleted = "deleted";
    public const string Reach = "reach";
    public const string Participants = "participants";
}

/// <summary>
/// Adds filters that need more than one row's own fields, such as the label of the document a fragment is part of. Found in the assembly.
/// </summary>
internal interface IScopedMapping
{
    /// <param name="db">Stands for the context of the running query, not for this one.</param>
    void Scope(Microsoft.EntityFrameworkCore.ModelBuilder model, AppDbContext db);
}
