using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Retention;

/// <summary>
/// Puts all documents of an organization that have no policy of their own under its new rules: a few statements, however many documents there are. What is kept on
/// each document makes finding what is due, and saying until when it is kept, a matter of an index.
/// </summary>
internal sealed class RetentionRollout(AppDbContext db)
{
    public async Task RunAsync(Guid organizationId, OrganizationSettings settings, CancellationToken stop)
    {
        await PutAsync(organizationId, "TRUE", [], settings.Retention, RetentionSources.Organization, stop);
        // The later comes before the earlier: the rule of its type is the last word on a document.
        foreach (var rule in settings.RetentionRules.Where(rule => rule.SensitivityLevel is not null))
            await PutAsync(organizationId, "sensitivity_level = {5}", [(int)rule.SensitivityLevel!.Value], rule.Policy(), RetentionSources.SensitivityLevel, stop);
        foreach (var rule in settings.RetentionRules.Where(rule => rule.DocumentType is not null))
            await PutAsync(organizationId, "document_type = {5}", [rule.DocumentType!], rule.Policy(), RetentionSources.DocumentType, stop);
        await db.Database.ExecuteSqlRawAsync(ScheduleSql(db.AddDays(Start, "retention_days")), [organizationId], stop);
    }

    private const string Start = "CASE retention_starts_at WHEN 'updated_at' THEN updated_at ELSE created_at END";

    private Task<int> PutAsync(Guid organizationId, string which, object[] value, RetentionPolicyView policy, string source, CancellationToken stop) => db.Database.ExecuteSqlRawAsync(
        PutSql(which),
        [organizationId, policy.RetentionPeriod, policy.AutoDelete, policy.StartsAt, source, .. value],
        stop);

    private static string PutSql(string which) => $$"""
        UPDATE documents SET retention_days = {1}, retention_auto_delete = {2}, retention_starts_at = {3}, retention_source = {4}
        WHERE organization_id = {0} AND retention_source <> 'document' AND {{which}}
        """;

    // As Document.Schedule says it.
    private static string ScheduleSql(string end) => $$"""
        UPDATE documents SET
            revision = revision + 1,
            retained_until = {{end}},
            due_at = CASE
                WHEN legal_hold OR (deleted_at IS NULL AND NOT retention_auto_delete) THEN NULL
                WHEN grace_until > {{end}} THEN grace_until
                ELSE {{end}} END
        WHERE organization_id = {0} AND retention_source <> 'document'
        """;
}
