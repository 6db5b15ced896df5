using CrossAudit.Contracts;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Features.Chat;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Servers;

/// <summary>How much an organization has stored: two of them tell whether anything was written in between. Denials are not counted, for they are to be recorded.</summary>
internal sealed record StoredRows(
    int Documents, int DocumentRevisions, int Versions, int Fragments, int Threads, int ThreadRevisions, int Participants, int Messages, int MessageRevisions, int OldMessages, int Events)
{
    public static Task<StoredRows> OfAsync(RunningServer server, Guid organization) => server.ReadAsync(async db => new StoredRows(
        await All<Document>(db).CountAsync(d => d.OrganizationId == organization),
        await All<Document>(db).Where(d => d.OrganizationId == organization).SumAsync(d => d.Revision),
        await All<DocumentVersion>(db).CountAsync(v => v.OrganizationId == organization),
        await All<Fragment>(db).CountAsync(f => f.OrganizationId == organization),
        await All<ChatThread>(db).CountAsync(t => t.OrganizationId == organization),
        await All<ChatThread>(db).Where(t => t.OrganizationId == organization).SumAsync(t => t.Revision),
        await All<ChatThread>(db).Where(t => t.OrganizationId == organization).SelectMany(t => t.Participants).CountAsync(),
        await All<Message>(db).CountAsync(m => m.OrganizationId == organization),
        await All<Message>(db).Where(m => m.OrganizationId == organization).SumAsync(m => m.Revision),
        await All<MessageRevision>(db).CountAsync(r => r.OrganizationId == organization),
        await All<AuditEvent>(db).CountAsync(e => e.OrganizationId == organization && e.Action != AuditActions.PermissionDenied)));

    private static IQueryable<T> All<T>(AppDbContext db)
        where T : class => db.Set<T>().IgnoreQueryFilters().AsNoTracking();
}

/// <summary>Looks into a server's database, past everybody's view of it.</summary>
internal static class DatabaseReading
{
    public static async Task<T> ReadAsync<T>(this RunningServer server, Func<AppDbContext, Task<T>> read)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }
}
