using System.Reflection;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Platform.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CrossAudit.Server.Platform.Data;

/// <summary>
/// The one model, for both databases. It knows no feature: entities are mapped by the configurations in the assembly, and what they
/// implement (<see cref="IOrganizationOwned"/>, <see cref="ISoftDeleted"/>) puts the filters on every query.
/// </summary>
internal abstract class AppDbContext : DbContext
{
    private static readonly MethodInfo ApplyScope = typeof(AppDbContext).GetMethod(nameof(Apply), BindingFlags.Instance | BindingFlags.NonPublic)!;

    // The organizations in which the running transaction has changed who may do what.
    private readonly HashSet<Guid> _accessChanged = [];

    protected AppDbContext(DbContextOptions options)
        : base(options) =>
        // Looked for once, when something is saved, and not at all where there are only new rows.
        ChangeTracker.AutoDetectChangesEnabled = false;

    /// <summary>What this unit of work may see.</summary>
    public DataScope Scope { get; set; } = new();

    public Guid OrganizationId => Scope.OrganizationId;

    public Guid UserId => Scope.UserId;

    public SensitivityLevel Clearance => Scope.Clearance;

    public Reach DocumentReach => Scope.Documents;

    public Reach ThreadReach => Scope.Threads;

    /// <summary>Ends a <c>SELECT</c> that claims rows, so that two nodes do not claim the same.</summary>
    public abstract string SkipLockedRows { get; }

    /// <summary>A time as this database stores it, for SQL that does not go through the model.</summary>
    public abstract object Stored(DateTimeOffset time);

    /// <summary>SQL for a time, and so many days more.</summary>
    public abstract string AddDays(string time, string days);

    /// <summary>Takes a lock that ends with the running transaction; false if another transaction, of whichever node, has it.</summary>
    public abstract Task<bool> TryLockAsync(long key, CancellationToken stop);

    /// <summary>Gives many rows their numbers with one statement.</summary>
    /// <param name="table">A table with the key <c>id</c>.</param>
    /// <param name="column">The column that takes the number.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="stop">Stops it.</param>
    public abstract Task NumberAsync(string table, string column, IReadOnlyList<(Guid Id, long Number)> numbers, CancellationToken stop);

    /// <summary>Runs <paramref name="work"/> as one transaction that may write: committed when it returns, undone when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken stop)
    {
        _accessChanged.Clear();
        var effect = Scope.Effect;
        T result;
        try
        {
            result = await TransactAsync(work, stop);
        }
        catch
        {
            // What was saved is undone, and so is this.
            Scope.Effect = effect;
            throw;
        }
        // Now, and not when it was saved: whoever hears of a change reads it, and must find it.
        foreach (var organization in _accessChanged)
            await this.GetService<IMessageBus>().PublishAsync(AccessVersion.Topic, organization.ToByteArray());
        return result;
    }

    /// <summary>Saves what is tracked in a transaction of its own, or in the running one.</summary>
    public abstract Task<int> SaveAloneAsync(CancellationToken stop);

    /// <summary>Runs <paramref name="work"/> in a transaction.</summary>
    protected abstract Task<T> TransactAsync<T>(Func<Task<T>> work, CancellationToken stop);

    /// <summary>Commits new rows together with those of other callers.</summary>
    protected abstract Task SaveTogetherAsync(IReadOnlyList<object> rows, Func<AppDbContext, Task>? first, Guid order);

    /// <summary>Saves, unless somebody else changed the same rows first.</summary>
    /// <returns>False if the race was lost; nothing is saved then.</returns>
    public async Task<bool> TrySaveAsync(CancellationToken stop)
    {
        try
        {
            await SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateException lost) when (lost.IsLostRace())
        {
            ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>Saves new rows in a transaction that begins with <paramref name="first"/>.</summary>
    /// <param name="order">What <paramref name="first"/> locks; see <see cref="GroupCommit{TContext}.SaveAsync"/>.</param>
    public async Task SaveNewAsync(Func<AppDbContext, Task> first, Guid order, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        AddEffect();
        await SaveTogetherAsync([.. ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added).Select(entry => entry.Entity)], first, order);
        ChangeTracker.AcceptAllChanges();
        Scope.Effect = null;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AddEffect();
        var saved = await SaveTogetherOrAloneAsync(cancellationToken);
        Scope.Effect = null;
        return saved;
    }

    private async Task<int> SaveTogetherOrAloneAsync(CancellationToken cancellationToken)
    {
        if (AccessChanges() is { Count: > 0 } organizations)
            return await (Database.CurrentTransaction is null ? WriteAsync(() => SaveAccessAsync(organizations, cancellationToken), cancellationToken) : SaveAccessAsync(organizations, cancellationToken));
        if (Database.CurrentTransaction is null && ChangeTracker.Entries().All(entry => entry.State is EntityState.Added))
        {
            var added = ChangeTracker.Entries().Select(entry => entry.Entity).ToList();
            if (added.Count > 0)
                await SaveTogetherAsync(added, null, Guid.Empty);
            ChangeTracker.AcceptAllChanges();
            return added.Count;
        }
        ChangeTracker.DetectChanges();
        CountRevisions();
        return await SaveAloneAsync(cancellationToken);
    }

    // Anew where a lost race has cleared it away.
    private void AddEffect()
    {
        if (Scope.Effect is { } effect && ChangeTracker.Entries().Any() && Entry(effect).State is EntityState.Detached)
            Add(effect);
    }

    private void CountRevisions()
    {
        foreach (var entry in ChangeTracker.Entries<IRevised>())
            if (entry.State is EntityState.Modified)
                entry.Property(row => row.Revision).CurrentValue++;
    }

    private List<Guid> AccessChanges()
    {
        if (!ChangeTracker.Entries<IAccessFact>().Any())
            return [];
        ChangeTracker.DetectChanges();
        return [.. ChangeTracker.Entries<IAccessFact>().Where(entry => entry.State is not EntityState.Unchanged).Select(entry => entry.Entity.OrganizationId).Distinct().Order()];
    }

    private async Task<int> SaveAccessAsync(List<Guid> organizations, CancellationToken stop)
    {
        CountRevisions();
        // First, for its lock: changes of one organization come one after the other.
        foreach (var organization in organizations)
            await AccessVersion.CountUpAsync(this, organization, organization == OrganizationId ? Scope.ExpectedAccessVersion : null, stop);
        _accessChanged.UnionWith(organizations);
        return await SaveAloneAsync(stop);
    }

    /// <summary>EF Core's own saving, past the ways above.</summary>
    protected Task<int> SaveTrackedAsync(CancellationToken stop) => base.SaveChangesAsync(true, stop);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(type => type.BaseType is null && !type.IsOwned()).ToList())
            ApplyScope.MakeGenericMethod(entity.ClrType).Invoke(this, [modelBuilder]);
        foreach (var mapping in typeof(AppDbContext).Assembly.GetTypes().Where(type => type.IsClass && typeof(IScopedMapping).IsAssignableFrom(type)))
            ((IScopedMapping)Activator.CreateInstance(mapping)!).Scope(modelBuilder, this);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<JsonObject>().HaveConversion<JsonObjectConverter, JsonObjectComparer>();
        configurationBuilder.Properties<OrganizationSettings>().HaveConversion<JsonRecordConverter<OrganizationSettings>>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        // A label is compared, so it is kept as its rank.
        configurationBuilder.Properties<SensitivityLevel>().HaveConversion<int>();
    }

    private void Apply<T>(ModelBuilder model)
        where T : class
    {
        var entity = model.Entity<T>();
        if (typeof(IOrganizationOwned).IsAssignableFrom(typeof(T)))
            entity.HasQueryFilter(Filters.Organization, row => ((IOrganizationOwned)row).OrganizationId == OrganizationId);
        if (typeof(ISoftDeleted).IsAssignableFrom(typeof(T)))
            entity.HasQueryFilter(Filters.Deleted, row => ((ISoftDeleted)row).DeletedAt == null);
        if (typeof(IRevised).IsAssignableFrom(typeof(T)))
            entity.Property(nameof(IRevised.Revision)).IsConcurrencyToken();
    }
}
