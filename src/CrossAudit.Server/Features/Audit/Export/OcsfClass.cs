using System.Text.Json.Nodes;
using CrossAudit.Contracts.Audit;

namespace CrossAudit.Server.Features.Audit.Export;

/// <summary>The OCSF class that an action belongs to, and what that class wants to be told besides.</summary>
/// <param name="Uid">The class.</param>
/// <param name="Category">Its category.</param>
/// <param name="Fill">Adds what the class requires.</param>
internal sealed record OcsfClass(int Uid, int Category, Action<JsonObject, AuditLogView> Fill)
{
    private const int Identity = 3;
    private const int Application = 6;

    private static readonly OcsfClass AccountChange = new(3001, Identity, (line, e) => line["user"] = Target(e));
    private static readonly OcsfClass Authentication = new(3002, Identity, (line, e) => line["user"] = new JsonObject { ["uid"] = e.ActorUserId?.ToString(), ["name"] = e.ActorLabel });
    private static readonly OcsfClass EntityManagement = new(3004, Identity, (line, e) => line["entity"] = Resource(e));
    private static readonly OcsfClass UserAccess = new(3005, Identity, (line, e) => (line["user"], line["privileges"]) = (Target(e), new JsonArray(e.ResourceId is null ? [] : [JsonValue.Create(e.ResourceId)])));
    private static readonly OcsfClass ApiActivity = new(6003, Application, (line, e) => (line["api"], line["resources"]) = (new JsonObject { ["operation"] = e.Action }, new JsonArray(Resource(e))));

    private static readonly (string Prefix, OcsfClass Class, int Activity)[] Actions =
    [
        ("auth.login", Authentication, 1), ("auth.logout", Authentication, 2), ("auth.", Authentication, 99), ("session.", Authentication, 99),
        ("user.registered", AccountChange, 1), ("user.password", AccountChange, 3), ("user.mfa", AccountChange, 99), ("user.", AccountChange, 99),
        ("role.granted", UserAccess, 1), ("role.revoked", UserAccess, 2),
        ("role.", EntityManagement, 3), ("department.", EntityManagement, 3), ("organization.", EntityManagement, 3), ("permission.denied", ApiActivity, 99),
    ];

    /// <summary>The class, and what was done within it (99 for something else).</summary>
    public static (OcsfClass Class, int Activity) Of(string action)
    {
        foreach (var (prefix, known, activity) in Actions)
            if (action.StartsWith(prefix, StringComparison.Ordinal))
                return (known, activity);
        var verb = action[(action.LastIndexOf('.') + 1)..];
        return (ApiActivity, verb switch
        {
            "created" or "sent" or "version_added" => 1,
            "read" or "downloaded" or "searched" or "exported" => 2,
            "updated" or "edited" or "restored" => 3,
            "deleted" or "disposed" => 4,
            _ => 99,
        });
    }

    private static JsonObject Target(AuditLogView e) => new() { ["uid"] = (e.TargetUserId ?? e.ActorUserId)?.ToString(), ["name"] = e.TargetUserId is null ? e.ActorLabel : null };

    private static JsonObject Resource(AuditLogView e) => new() { ["uid"] = e.ResourceId, ["type"] = e.ResourceType };
}
