using System.Globalization;
using System.Reflection;
using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Terms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Servers;

/// <summary>What is stored, past every filter: to tell that a refusal wrote nothing, whatever tables there come to be.</summary>
internal static class Stored
{
    private static readonly MethodInfo ReadRows = typeof(Stored).GetMethod(nameof(RowsOfAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    // They follow the events, a moment later.
    private static readonly Type[] Followers = [typeof(AuditTree), typeof(AuditTile), typeof(AuditBlock), typeof(TermBlock)];

    /// <summary>Every row of an organization with all its values, a line each; of audit events the action alone, and denials not at all.</summary>
    public static async Task<List<string>> OfAsync(RunningServer server, Guid organizationId)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var lines = new List<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(type => type.FindProperty("OrganizationId") is not null || type.ClrType.Name == "Organization").Where(type => !Followers.Contains(type.ClrType)))
            lines.AddRange(await (Task<List<string>>)ReadRows.MakeGenericMethod(type.ClrType).Invoke(null, [db, organizationId])!);
        // A denial is recorded, and it is all that a refusal leaves.
        lines.RemoveAll(line => line == $"{nameof(AuditEvent)} {AuditActions.PermissionDenied}");
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>The organization's audit events of one action.</summary>
    public static async Task<List<AuditEvent>> EventsAsync(RunningServer server, Guid? organizationId, string action)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<AuditEvent>().IgnoreQueryFilters().AsNoTracking()
            .Where(e => e.OrganizationId == organizationId && e.Action == action).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>All rows of a kind, of every organization.</summary>
    public static async Task<List<T>> AllAsync<T>(RunningServer server)
        where T : class
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<T>().IgnoreQueryFilters().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> RowsOfAsync<T>(AppDbContext db, Guid organizationId)
        where T : class
    {
        var key = typeof(T).Name == "Organization" ? "Id" : "OrganizationId";
        var rows = db.Set<T>().IgnoreQueryFilters().AsNoTracking();
        var own = db.Model.FindEntityType(typeof(T))!.FindProperty(key)!.ClrType == typeof(Guid)
            ? rows.Where(row => EF.Property<Guid>(row, key) == organizationId)
            : rows.Where(row => EF.Property<Guid?>(row, key) == organizationId);
        return (await own.ToListAsync(TestContext.Current.CancellationToken)).ConvertAll(row => row is AuditEvent { Action: var action } ? $"AuditEvent {action}" : Line(db, row));
    }

    private static string Line<T>(AppDbContext db, T row)
        where T : class =>
        typeof(T).Name + " " + string.Join(" ", db.Entry(row).Properties.Select(property => $"{property.Metadata.Name}={Text(property.CurrentValue)}"));

    private static string Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
