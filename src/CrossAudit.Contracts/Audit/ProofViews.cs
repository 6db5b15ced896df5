using System.Text.Json.Nodes;

namespace CrossAudit.Contracts.Audit;

/// <summary>How far the organization's log is sealed, signed by the server.</summary>
public sealed record CheckpointView
{
    /// <summary>A C2SP checkpoint (tlog-checkpoint) as a signed note: origin, size, root, and the signature.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>How many events are sealed.</summary>
    public required long TreeSize { get; init; }

    /// <summary>The RFC 9162 Merkle tree hash over them, in base64.</summary>
    public required string RootHash { get; init; }

    /// <summary>The verifier key that the note can be checked with, as C2SP signed-note has it. Keep it where the server cannot change it.</summary>
    public required string PublicKey { get; init; }
}

/// <summary>A proof that an event stands in the log, and says what it says.</summary>
public sealed record ProofView
{
    /// <summary>The event's number in the log, from 0: its <c>sequence</c>.</summary>
    public required long LogIndex { get; init; }

    /// <summary>How many events the tree has that the proof is for.</summary>
    public required long TreeSize { get; init; }

    /// <summary>The RFC 9162 leaf hash of <see cref="Entry"/>, in base64.</summary>
    public required string LeafHash { get; init; }

    /// <summary>The inclusion path from the leaf to the root, in base64.</summary>
    public required IReadOnlyList<string> Hashes { get; init; }

    /// <summary>The signed checkpoint of that tree.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The verifier key of the checkpoint.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The event's public part as canonical JSON (RFC 8785), in base64. It holds <c>details_hash</c>.</summary>
    public required string Entry { get; init; }

    /// <summary>What was hashed before <see cref="Details"/>, in base64; null once erased, or if it is not for you.</summary>
    public string? Salt { get; init; }

    /// <summary>The personal part: <c>details_hash</c> is SHA-256 of salt and its canonical JSON. Null once erased, or if it is not for you.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>Whether the details are kept back because what they speak of is labelled above your clearance.</summary>
    public bool DetailsWithheld { get; init; }
}

/// <summary>A proof that a log only grew: that the larger one begins with the smaller.</summary>
public sealed record ConsistencyView
{
    /// <summary>Events of the smaller log.</summary>
    public required long From { get; init; }

    /// <summary>Events of the larger one.</summary>
    public required long To { get; init; }

    /// <summary>The RFC 9162 consistency path, in base64.</summary>
    public required IReadOnlyList<string> Hashes { get; init; }
}

/// <summary>What a verification of the trail found.</summary>
public sealed record VerificationView
{
    /// <summary>Whether everything that was checked holds.</summary>
    public required bool Holds { get; init; }

    /// <summary>How many events the signed checkpoint speaks of.</summary>
    public required long TreeSize { get; init; }

    /// <summary>How many of them were checked one by one.</summary>
    public required long CheckedEvents { get; init; }

    /// <summary>Of how many the personal part was erased: that they stand in the log was checked, what the personal part said cannot be.</summary>
    public required long ErasedEvents { get; init; }

    /// <summary>How many rows retention has removed: their leaves still count towards the root.</summary>
    public required long RemovedEvents { get; init; }

    /// <summary>How many events are committed and not sealed yet.</summary>
    public required long UnsealedEvents { get; init; }

    /// <summary>What does not hold, the first in the log first; at most 100.</summary>
    public required IReadOnlyList<VerificationProblem> Problems { get; init; }

    /// <summary>The checkpoint that everything was held against.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }
}

/// <summary>Something in the trail that does not hold.</summary>
public sealed record VerificationProblem
{
    /// <summary>
    /// <c>event_altered</c>, <c>event_missing</c>, <c>event_not_in_tree</c>, <c>event_out_of_place</c>, <c>details_altered</c>, <c>tile_altered</c>, <c>root_mismatch</c>,
    /// <c>retention_not_signed</c>, <c>checkpoint_invalid</c> or <c>checkpoint_missing</c>.
    /// </summary>
    public required string Code { get; init; }

    /// <summary>The place in the log; null where it concerns the log as a whole.</summary>
    public long? Sequence { get; init; }

    /// <summary>The event; null where there is none.</summary>
    public Guid? EventId { get; init; }

    /// <summary>What is wrong, in words.</summary>
    public required string Message { get; init; }
}
