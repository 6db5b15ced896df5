using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Features.Audit.Proofs;

/// <summary>What proves that the log holds an event, and that it only ever grew.</summary>
internal static class ProofsModule
{
    private const string Note = "text/plain";

    public static void MapProofs(this RouteGroupBuilder audit)
    {
        audit.MapGet("/checkpoint", Checkpoint).RequirePermission(Permissions.AuditRead);
        audit.MapGet("/logs/{id:guid}/proof", Proof).RequirePermission(Permissions.AuditRead).Refuses(409, ErrorCodes.AuditNotSealed);
        audit.MapGet("/consistency", Consistency).RequirePermission(Permissions.AuditRead);
        audit.MapGet("/tile/{**path}", Tile).RequirePermission(Permissions.AuditRead).Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream");
    }

    /// <summary>Reads the signed checkpoint of the organization's log.</summary>
    /// <remarks>With <c>Accept: text/plain</c> the answer is the note alone, as tools for C2SP tlog-tiles read it. Keep checkpoints elsewhere: they show it if the log is ever cut off or rewritten.</remarks>
    internal static async Task<Results<Ok<Envelope<CheckpointView>>, ContentHttpResult, ProblemHttpResult>> Checkpoint(HttpContext http, LogProofs proofs, CancellationToken stop) =>
        await proofs.CheckpointAsync(stop) is not { } checkpoint ? Problems.NotFound("sealed event", "any")
        : http.Request.GetTypedHeaders().Accept is [{ MediaType.Value: Note }, ..] ? TypedResults.Text(checkpoint.Checkpoint, Note)
        : TypedResults.Ok(Envelope.Of(checkpoint));

    /// <summary>Proves that an event stands in the log.</summary>
    /// <remarks>Together with a checkpoint that you trust it can be checked by anybody, without this server: docs/audit says how. An event is sealed within a second; 409 until then.</remarks>
    internal static async Task<Results<Ok<Envelope<ProofView>>, ProblemHttpResult>> Proof(Guid id, LogProofs proofs, AuditLog log, CancellationToken stop)
    {
        if (await proofs.FindAsync(id, stop) is not { } e)
            return Problems.NotFound("event", id);
        if (e.Sequence is null)
            return Problems.Conflict(ErrorCodes.AuditNotSealed, "The event is not sealed yet: ask again in a second.");
        var proof = await proofs.ProveAsync(e, stop);
        await log.RecordAsync(new System.Text.Json.Nodes.JsonObject { ["event_id"] = id.ToString() }, stop);
        return TypedResults.Ok(Envelope.Of(proof));
    }

    /// <summary>Proves that the log of one size begins with all of the log of another.</summary>
    /// <param name="from">Events of the smaller log: the size in a checkpoint that you kept.</param>
    /// <param name="to">Events of the larger one; without it the newest checkpoint's.</param>
    internal static async Task<Results<Ok<Envelope<ConsistencyView>>, ProblemHttpResult>> Consistency(
        [Range(0, long.MaxValue)] long from, LogProofs proofs, CancellationToken stop, [Range(0, long.MaxValue)] long? to = null) =>
        await proofs.CompareAsync(from, to, stop) is { } proof
            ? TypedResults.Ok(Envelope.Of(proof))
            : Problems.InvalidField(from > to ? "from" : "to", "From is not beyond to, and the log has as many events.");

    /// <summary>Reads a tile of the log's tree: 256 hashes, or the first of them (C2SP tlog-tiles).</summary>
    /// <param name="path"><c>LEVEL/INDEX</c>, or <c>LEVEL/INDEX.p/WIDTH</c>, the index in groups of three digits such as <c>x001/067</c>.</param>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Tile(string path, LogProofs proofs, HttpContext http, CancellationToken stop)
    {
        if (TilePath.Parse(path) is not { } tile || await proofs.TileAsync(tile, stop) is not { } hashes)
            return Problems.NotFound("tile", path);
        // What is there never changes.
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(hashes, "application/octet-stream");
    }
}
