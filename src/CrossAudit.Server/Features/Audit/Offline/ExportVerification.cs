using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Server.Core.Auditing.Tree;
using CrossAudit.Server.Core.Signing;
using CrossAudit.Server.Features.Audit.Export;

namespace CrossAudit.Server.Features.Audit.Offline;

/// <summary>Checks an export line by line, with nothing but the file and a key: no server and no database. It reads the file once and keeps nothing of it.</summary>
internal sealed class ExportVerification
{
    private readonly List<FullTile> _unused = [];
    private readonly TreeEdge _rebuilt = TreeEdge.OfNothing();
    private ExportHeader? _header;
    private long _last = -1;
    private bool _ended;

    /// <summary>What does not hold, at the first event where it shows; null if everything does.</summary>
    public string? Problem { get; private set; }

    public ExportHeader? Header => _header;

    /// <summary>The checkpoint that the log has to begin with; null if none was named.</summary>
    public Checkpoint? Kept { get; private set; }

    public long Events { get; private set; }

    /// <summary>Events whose personal part was erased.</summary>
    public long Erased { get; private set; }

    /// <summary>Events whose personal part was not for the eyes of whoever made the export.</summary>
    public long Withheld { get; private set; }

    /// <summary>Checks a file: afterwards <see cref="Problem"/> says how it went.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="key">The verifier key that is trusted; the file's own where it is null.</param>
    /// <param name="kept">A checkpoint of before, as a signed note, that the log has to begin with; null for none.</param>
    /// <param name="stop">Stops it.</param>
    public async Task RunAsync(IAsyncEnumerable<string> lines, string? key, string? kept, CancellationToken stop)
    {
        var number = 0;
        await foreach (var line in lines.WithCancellation(stop))
        {
            number++;
            try
            {
                Problem = Check(JsonNode.Parse(line)!.AsObject(), key, kept);
            }
            catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException or NullReferenceException or InvalidDataException or ArgumentException)
            {
                Problem = "it cannot be read";
            }
            if (Problem is not null)
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"Line {number}: {Problem}.");
                return;
            }
        }
        Problem = _header is null ? "It is empty." : !_ended ? "It breaks off: its last line is missing." : IsCutOff() ? $"Events are missing: the log has {_header.Checkpoint!.Size}, and the last one here is {_last}."
            : Kept is not null && _rebuilt.Size < Kept.Size ? $"The log was cut off: it had {Kept.Size} events once." : null;
    }

    private string? Check(JsonObject line, string? key, string? kept) => (string?)line["type"] switch
    {
        _ when _ended => "something follows the end",
        "header" when _header is null => Open(line, key) ?? OpenKept(kept),
        "event" when _header is not null => Check(line),
        "end" when _header is not null => End(line),
        _ => "this line is not expected here",
    };

    private string? Open(JsonObject line, string? key)
    {
        if ((string?)line["format"] != NdjsonExport.Form)
            return $"it is no {NdjsonExport.Form}";
        var (note, size) = ((string?)line["checkpoint"], (long)line["tree_size"]!);
        if (note is null)
        {
            _header = new ExportHeader(null, null, false);
            return size == 0 ? null : "there is no checkpoint";
        }
        if ((key ?? (string?)line["public_key"]) is not { } verifierKey || SignedNote.Verify(note, verifierKey) is not { } text)
            return "the checkpoint's signature does not hold: it was altered, or signed with another key";
        var checkpoint = Checkpoint.Parse(text);
        _header = new ExportHeader(checkpoint, verifierKey, (bool)line["complete"]!);
        return checkpoint.Size != size ? "the header speaks of another size than the checkpoint"
            : !checkpoint.Origin.EndsWith("/" + (string?)line["organization_id"], StringComparison.Ordinal) ? "the checkpoint is of another organization's log"
            : null;
    }

    private string? OpenKept(string? kept)
    {
        if (kept is null || _header is not { Checkpoint: { } checkpoint, VerifierKey: { } key })
            return kept is null ? null : "the log is empty, and had events once";
        // The key may have been changed since; that it was this log's is said by the origin, and that it was the server's by whoever kept it.
        if (!_header.IsComplete)
            return "a kept checkpoint is for an export of the whole log, and this is a selection";
        var text = SignedNote.Verify(kept, key) ?? kept[..(kept.IndexOf("\n\n", StringComparison.Ordinal) + 1)];
        Kept = Checkpoint.Parse(text);
        // The host may have another name since.
        return Log(Kept) == Log(checkpoint) ? null : "the checkpoint that you kept is of another log";
    }

    private static string Log(Checkpoint checkpoint) => checkpoint.Origin[(checkpoint.Origin.LastIndexOf('/') + 1)..];

    private bool IsRefuted(byte[] leaf)
    {
        if (_rebuilt.Size >= Kept!.Size)
            return false;
        _rebuilt.Append(leaf, _unused);
        _unused.Clear();
        return _rebuilt.Size == Kept.Size && !_rebuilt.Root().AsSpan().SequenceEqual(Kept.Root);
    }

    private string? Check(JsonObject line)
    {
        var proof = line["proof"]!.AsObject();
        var (index, entry) = ((long)proof["log_index"]!, Convert.FromBase64String((string)proof["entry"]!));
        var named = $"event {index} ({(string?)line["id"]})";
        if (index <= _last || (_header!.IsComplete && index != _last + 1))
            return $"{named} does not follow event {_last}";
        if ((long?)line["sequence"] != index)
            return $"{named} shows another sequence";
        (_last, Events) = (index, Events + 1);
        var leaf = MerkleHash.Leaf(entry);
        if (Kept is not null && IsRefuted(leaf))
            return $"the log does not begin with the {Kept.Size} events of the checkpoint that you kept: one of them was changed, or another put in";
        if (_header.Checkpoint is not { } checkpoint || !ProofVerification.Includes(index, checkpoint.Size, leaf, Hashes(proof), checkpoint.Root))
            return $"{named} is not the one that stands in the log";
        return ExportedEvent.SaysWhatIsSealed(line, entry) ? CheckDetails(line, proof, entry, named) : $"{named} says something else than what is sealed";
    }

    private string? CheckDetails(JsonObject line, JsonObject proof, byte[] entry, string named)
    {
        if ((string?)proof["salt"] is not { } salt)
        {
            if ((bool?)proof["details_withheld"] == true)
                Withheld++;
            else
                Erased++;
            return ExportedEvent.IsBare(line) ? null : $"{named} has a personal part that nothing vouches for";
        }
        return ExportedEvent.DetailsAre(line, Convert.FromBase64String(salt), entry) ? null : $"{named} has another personal part than the one that is sealed";
    }

    private string? End(JsonObject line)
    {
        _ended = true;
        return (long)line["events"]! == Events ? null : "there are not as many events as it says";
    }

    private bool IsCutOff() => _header is { IsComplete: true, Checkpoint: { } checkpoint } && _last + 1 != checkpoint.Size;

    private static List<byte[]> Hashes(JsonObject proof) => [.. (proof["hashes"] as JsonArray ?? throw new FormatException("There is no path.")).Select(hash => Convert.FromBase64String((string)hash!))];
}

/// <summary>What the first line of an export says.</summary>
/// <param name="Checkpoint">The checkpoint, its signature checked; null of a log without events.</param>
/// <param name="VerifierKey">The key it was checked with.</param>
/// <param name="IsComplete">Whether all events of the log are there.</param>
internal sealed record ExportHeader(Checkpoint? Checkpoint, string? VerifierKey, bool IsComplete);
