// Checks an export of the audit trail from what docs/audit/README.md says alone: it shares no line with the server. Usage: verify-export FILE VERIFIER_KEY
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;

var (file, key) = (args[0], args[1].Split('+', 3));
var publicKey = Convert.FromBase64String(key[2])[1..];
byte[] root = [];
long size = 0, events = 0, expected = 0;
foreach (var text in File.ReadLines(file))
{
    using var json = JsonDocument.Parse(text);
    var line = json.RootElement;
    switch (line.GetProperty("type").GetString())
    {
        case "header":
            (size, root) = ReadCheckpoint(line.GetProperty("checkpoint").GetString()!);
            break;
        case "event":
            CheckEvent(line);
            events++;
            break;
        case "end":
            expected = line.GetProperty("events").GetInt64();
            break;
        default:
            throw new InvalidDataException("An unknown line.");
    }
}
if (expected != events)
    throw new InvalidDataException("Lines are missing.");
Console.WriteLine($"{events} of {size}");

(long Size, byte[] Root) ReadCheckpoint(string note)
{
    var end = note.IndexOf("\n\n", StringComparison.Ordinal);
    var (body, signature) = (note[..(end + 1)], Convert.FromBase64String(note[(end + 2)..].TrimEnd('\n').Split(' ')[2]));
    var id = SHA256.HashData([.. Encoding.UTF8.GetBytes(key[0] + "\n"), 1, .. publicKey])[..4];
    var ed25519 = SignatureAlgorithm.Ed25519;
    if (!id.AsSpan().SequenceEqual(signature.AsSpan(0, 4)) || !ed25519.Verify(PublicKey.Import(ed25519, publicKey, KeyBlobFormat.RawPublicKey), Encoding.UTF8.GetBytes(body), signature.AsSpan(4)))
        throw new InvalidDataException("The checkpoint is not signed with this key.");
    var lines = body.Split('\n');
    return (long.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture), Convert.FromBase64String(lines[2]));
}

void CheckEvent(JsonElement line)
{
    var proof = line.GetProperty("proof");
    var (index, entry) = (proof.GetProperty("log_index").GetInt64(), proof.GetProperty("entry").GetBytesFromBase64());
    var path = proof.GetProperty("hashes").EnumerateArray().Select(hash => hash.GetBytesFromBase64()).ToList();
    if (!RootFrom(index, size, SHA256.HashData([0, .. entry]), path).SequenceEqual(root))
        throw new InvalidDataException($"Event {index} is not in the log.");
    using var said = JsonDocument.Parse(entry);
    foreach (var field in said.RootElement.EnumerateObject().Where(field => field.Name != "details_hash"))
        if (field.Value.ToString() != (line.TryGetProperty(field.Name, out var shown) ? shown.ToString() : ""))
            throw new InvalidDataException($"Event {index} shows another {field.Name} than was sealed.");
    if (proof.GetProperty("salt").ValueKind == JsonValueKind.Null)
    {
        foreach (var name in new[] { "actor_label", "changes", "ip_address", "metadata", "user_agent" })
            if (line.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                throw new InvalidDataException($"Event {index} shows details that nothing vouches for.");
        return;
    }
    // In canonical order by name; their values stand in the export as they were hashed, but for the order of names.
    var details = "{" + string.Join(",", new[] { "actor_label", "changes", "ip_address", "metadata", "user_agent" }.Select(name => $"\"{name}\":{(line.TryGetProperty(name, out var value) ? Canonical(value) : "null")}")) + "}";
    if (Convert.ToBase64String(SHA256.HashData([.. proof.GetProperty("salt").GetBytesFromBase64(), .. Encoding.UTF8.GetBytes(details)])) != said.RootElement.GetProperty("details_hash").GetString())
        throw new InvalidDataException($"Event {index} has other details than were sealed.");
}

// By recursion over the halves of the tree, from the path's end.
static byte[] RootFrom(long index, long size, byte[] leaf, List<byte[]> path)
{
    if (size == 1)
        return path.Count == 0 ? leaf : throw new InvalidDataException("The path is too long.");
    if (path.Count == 0)
        throw new InvalidDataException("The path is too short.");
    var half = 1L;
    while (half * 2 < size)
        half *= 2;
    var rest = path[..^1];
    return index < half
        ? SHA256.HashData([1, .. RootFrom(index, half, leaf, rest), .. path[^1]])
        : SHA256.HashData([1, .. path[^1], .. RootFrom(index - half, size - half, leaf, rest)]);
}

static string Canonical(JsonElement value) => value.ValueKind switch
{
    JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{Quote(member.Name)}:{Canonical(member.Value)}")) + "}",
    JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Canonical)) + "]",
    JsonValueKind.String => Quote(value.GetString()!),
    _ => value.GetRawText(),
};

static string Quote(string text)
{
    var quoted = new StringBuilder("\"");
    foreach (var character in text)
        quoted.Append(character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' => $"\\u{(int)character:x4}",
            _ => character.ToString(),
        });
    return quoted.Append('"').ToString();
}
