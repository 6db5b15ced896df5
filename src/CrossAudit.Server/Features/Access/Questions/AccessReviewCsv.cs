using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.Serialization;
using CsvHelper;

namespace CrossAudit.Server.Features.Access.Questions;

/// <summary>An access review as CSV (RFC 4180), for those who go through it in a spreadsheet.</summary>
internal static class AccessReviewCsv
{
    // A name that begins with = + - or @ would be a formula to a spreadsheet: it is escaped, so that it stays text.
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape };

    private static readonly string[] Columns =
        ["user_id", "email", "name", "role_id", "role", "source", "department_id", "department", "since", "granted_by", "granted_by_email", "last_used_at", "expires_at", "is_active"];

    public static async Task WriteAsync(IAsyncEnumerable<AccessReviewEntryView> entries, Stream stream, CancellationToken stop)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, stop);
        await foreach (var entry in entries.WithCancellation(stop))
            await csv.WriteRecordAsync(Cells(entry), stop);
        await csv.FlushAsync(stop);
    }

    private static string[] Cells(AccessReviewEntryView entry) =>
    [
        entry.UserId.ToString(), entry.Email, entry.Name ?? "", entry.RoleId.ToString(), entry.Role, entry.Source.ToString().ToLowerInvariant(), entry.DepartmentId?.ToString() ?? "",
        entry.Department ?? "", Text(entry.Since), entry.GrantedBy?.ToString() ?? "", entry.GrantedByEmail ?? "", Text(entry.LastUsedAt), Text(entry.ExpiresAt), entry.IsActive ? "true" : "false",
    ];

    private static string Text(DateTimeOffset? time) => time is { } some ? TimestampConverter.ToText(some) : "";
}
