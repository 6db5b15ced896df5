namespace CrossAudit.Contracts;

/// <summary>The permissions that CrossAudit ships: <c>resource.action</c>. <c>resource.*</c> covers a resource, <see cref="AdminFull"/> everything.</summary>
public static class Permissions
{
    /// <summary>See documents, their versions, fragments and search hits.</summary>
    public const string DocumentsRead = "documents.read";

    /// <summary>Create documents, change them and add versions.</summary>
    public const string DocumentsWrite = "documents.write";

    /// <summary>Move documents to the bin and back.</summary>
    public const string DocumentsDelete = "documents.delete";

    /// <summary>Lower a document's sensitivity label.</summary>
    public const string DocumentsReclassify = "documents.reclassify";

    /// <summary>Put a document under legal hold, or end the hold.</summary>
    public const string DocumentsHold = "documents.hold";

    /// <summary>See threads and messages.</summary>
    public const string ChatRead = "chat.read";

    /// <summary>Open threads and send messages.</summary>
    public const string ChatWrite = "chat.write";

    /// <summary>Edit and delete other people's messages, and read their history.</summary>
    public const string ChatModerate = "chat.moderate";

    /// <summary>See the members of the organization.</summary>
    public const string UsersRead = "users.read";

    /// <summary>Invite, add and remove members and change their roles.</summary>
    public const string UsersManage = "users.manage";

    /// <summary>See roles, departments and who holds what.</summary>
    public const string RolesRead = "roles.read";

    /// <summary>Change roles, departments and grants.</summary>
    public const string RolesManage = "roles.manage";

    /// <summary>Read and search the audit trail.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>Export the audit trail and its reports.</summary>
    public const string AuditExport = "audit.export";

    /// <summary>Set the trail's retention and erase personal data from it.</summary>
    public const string AuditManage = "audit.manage";

    /// <summary>Read metrics.</summary>
    public const string MetricsRead = "metrics.read";

    /// <summary>Send metrics.</summary>
    public const string MetricsWrite = "metrics.write";

    /// <summary>Make, change and revoke API keys.</summary>
    public const string ApiKeysManage = "api_keys.manage";

    /// <summary>Make, change and remove webhooks.</summary>
    public const string WebhooksManage = "webhooks.manage";

    /// <summary>See plan, usage and limits.</summary>
    public const string BillingRead = "billing.read";

    /// <summary>Change the plan.</summary>
    public const string BillingManage = "billing.manage";

    /// <summary>See the organization's settings.</summary>
    public const string SettingsRead = "settings.read";

    /// <summary>Change the organization and its settings.</summary>
    public const string SettingsManage = "settings.manage";

    /// <summary>Everything.</summary>
    public const string AdminFull = "admin.full";

    /// <summary>All of them, in the order of the contract.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        DocumentsRead, DocumentsWrite, DocumentsDelete, DocumentsReclassify, DocumentsHold, ChatRead, ChatWrite, ChatModerate,
        UsersRead, UsersManage, RolesRead, RolesManage, AuditRead, AuditExport, AuditManage, MetricsRead, MetricsWrite,
        ApiKeysManage, WebhooksManage, BillingRead, BillingManage, SettingsRead, SettingsManage, AdminFull,
    ];

    /// <summary>What each of them allows, in a few words.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [DocumentsRead] = "See documents, their versions, fragments and search hits.",
        [DocumentsWrite] = "Create documents, change them and add versions.",
        [DocumentsDelete] = "Move documents to the bin and back.",
        [DocumentsReclassify] = "Lower a document's sensitivity label.",
        [DocumentsHold] = "Put a document under legal hold, or end the hold.",
        [ChatRead] = "See threads and messages.",
        [ChatWrite] = "Open threads and send messages.",
        [ChatModerate] = "Edit and delete other people's messages, and read their history.",
        [UsersRead] = "See the members of the organization.",
        [UsersManage] = "Invite, add and remove members and change their roles.",
        [RolesRead] = "See roles, departments and who holds what.",
        [RolesManage] = "Change roles, departments and grants.",
        [AuditRead] = "Read and search the audit trail.",
        [AuditExport] = "Export the audit trail and its reports.",
        [AuditManage] = "Set the trail's retention and erase personal data from it.",
        [MetricsRead] = "Read metrics.",
        [MetricsWrite] = "Send metrics.",
        [ApiKeysManage] = "Make, change and revoke API keys.",
        [WebhooksManage] = "Make, change and remove webhooks.",
        [BillingRead] = "See plan, usage and limits.",
        [BillingManage] = "Change the plan.",
        [SettingsRead] = "See the organization's settings.",
        [SettingsManage] = "Change the organization and its settings.",
        [AdminFull] = "Everything.",
    };

    /// <summary>Whether it is asked for documents or threads, which belong to departments: a role granted for a department gives just these, in that department.</summary>
    public static bool IsDepartmental(string permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        return permission.StartsWith("documents.", StringComparison.Ordinal) || permission.StartsWith("chat.", StringComparison.Ordinal);
    }
}
