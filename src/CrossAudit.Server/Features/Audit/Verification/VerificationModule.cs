using System.Text.Json;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Audit.Verification;

/// <summary>Checking the whole trail.</summary>
internal static class VerificationModule
{
    private const string Lines = "application/x-ndjson";

    public static void MapVerification(this RouteGroupBuilder audit) => audit.MapPost("/verify", Verify).RequirePermission(Permissions.AuditRead);

    /// <summary>Checks the whole trail of the organization against its signed checkpoint.</summary>
    /// <remarks>
    /// Names what does not hold, the first event first. A long trail takes a while: with <c>Accept: application/x-ndjson</c> the answer is lines that say how far it is (<c>checked</c>, <c>of</c>),
    /// and the result as the last.
    /// </remarks>
    internal static async Task<Results<Ok<Envelope<VerificationView>>, PushStreamHttpResult>> Verify(HttpContext http, TrailVerification verification, AuditLog log, CancellationToken stop)
    {
        if (http.Request.GetTypedHeaders().Accept is [{ MediaType.Value: Lines }, ..])
            return TypedResults.Stream(async lines => await WriteAsync(lines, await RunAsync(verification, log, (done, of) => WriteAsync(lines, new { Checked = done, Of = of }, stop), stop), stop), Lines);
        return TypedResults.Ok(Envelope.Of(await RunAsync(verification, log, (_, _) => Task.CompletedTask, stop)));
    }

    private static async Task<VerificationView> RunAsync(TrailVerification verification, AuditLog log, Func<long, long, Task> progress, CancellationToken stop)
    {
        var found = await verification.RunAsync(progress, stop);
        await log.RecordAsync(
            new AuditEntry(AuditActions.AuditVerified)
            {
                Outcome = found.Holds ? AuditOutcome.Success : AuditOutcome.Failure,
                Severity = found.Holds ? AuditSeverity.Info : AuditSeverity.Critical,
                Metadata = new() { ["tree_size"] = found.TreeSize, ["checked_events"] = found.CheckedEvents, ["problems"] = found.Problems.Count, ["first_problem"] = found.Problems is [var first, ..] ? first.Code : null },
            },
            stop);
        return found;
    }

    private static async Task WriteAsync<T>(Stream lines, T line, CancellationToken stop)
    {
        await JsonSerializer.SerializeAsync(lines, line, CrossAuditJson.Options, stop);
        await lines.WriteAsync("\n"u8.ToArray(), stop);
        await lines.FlushAsync(stop);
    }
}
