using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrossAudit.Tests.Architecture;

/// <summary>What belongs to a department, and what is part of it, is filtered by who may read there: a feature that forgets it does not get past here.</summary>
public sealed class ReachIsNeverForgotten
{
    // Read only with what they are part of, in a query that begins there.
    private static readonly string[] NeverReadAlone = ["ThreadParticipant", "ReadMark", "MessageRevision", "MessageAttachment", "MessageReaction", "MessageWord"];

    [Fact]
    public void In_the_model_of_SQLite()
    {
        using var db = new SqliteDesignTimeFactory().CreateDbContext([]);
        AssertFiltered(db.Model);
    }

    [Fact]
    public void In_the_model_of_PostgreSQL()
    {
        using var db = new PostgresDesignTimeFactory().CreateDbContext([]);
        AssertFiltered(db.Model);
    }

    private static void AssertFiltered(IModel model)
    {
        var placed = model.GetEntityTypes().Where(IsPlaced).ToList();
        Assert.Superset(new HashSet<string> { "Document", "DocumentVersion", "Fragment", "ChatThread", "Message" }, placed.Select(type => type.ClrType.Name).ToHashSet());
        var open = placed.Where(type => !type.GetDeclaredQueryFilters().Any(filter => filter.Key == Filters.Reach)).Select(type => type.ClrType.Name);
        Assert.Equal(NeverReadAlone.Order(), open.Order());
    }

    // Whatever cannot be without something placed is placed with it, by however many steps.
    private static bool IsPlaced(IEntityType type) =>
        typeof(IDepartmental).IsAssignableFrom(type.ClrType) || type.GetForeignKeys().Any(key => key.IsRequired && key.PrincipalEntityType != type && IsPlaced(key.PrincipalEntityType));
}
