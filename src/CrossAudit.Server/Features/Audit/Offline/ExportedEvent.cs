using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CrossAudit.Server.Core.Auditing;

namespace CrossAudit.Server.Features.Audit.Offline;

/// <summary>An event of an export beside what was sealed of it.</summary>
internal static class ExportedEvent
{
    private const string DetailsHash = "details_hash";

    private static readonly string[] Personal = ["actor_label", "changes", "ip_address", "metadata", "user_agent"];

    /// <summary>Whether the public fields that one reads are those that were sealed.</summary>
    public static bool SaysWhatIsSealed(JsonObject line, byte[] entry)
    {
        var said = JsonNode.Parse(entry)!.AsObject();
        foreach (var (name, _) in said.Where(field => field.Key != DetailsHash).ToList())
            said[name] = line[name]?.DeepClone();
        return CanonicalJsonWriter.Canonicalize(said).AsSpan().SequenceEqual(entry);
    }

    /// <summary>Whether nothing of a personal part is there.</summary>
    public static bool IsBare(JsonObject line) => Array.TrueForAll(Personal, name => line[name] is null);

    /// <summary>Whether the personal part is the one that was sealed.</summary>
    public static bool DetailsAre(JsonObject line, byte[] salt, byte[] entry)
    {
        var details = new JsonObject();
        foreach (var name in Personal)
            details[name] = line[name]?.DeepClone();
        return Convert.ToBase64String(SHA256.HashData([.. salt, .. CanonicalJsonWriter.Canonicalize(details)])) == (string?)JsonNode.Parse(entry)![DetailsHash];
    }
}
