using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;

namespace CrossAudit.Server.Features.Documents.Retention;

/// <summary>Whose policy a document is under. The first of them that has one for it rules.</summary>
internal static class RetentionSources
{
    public const string Document = "document";
    public const string DocumentType = "document_type";
    public const string SensitivityLevel = "sensitivity_level";
    public const string Organization = "organization";

    /// <summary>What an organization lays down for documents of a type and label that have no policy of their own.</summary>
    public static (RetentionPolicyView Policy, string Source) Resolve(this OrganizationSettings settings, string documentType, SensitivityLevel label) =>
        settings.RetentionRules.FirstOrDefault(rule => rule.DocumentType == documentType) is { } ofType ? (ofType.Policy(), DocumentType)
        : settings.RetentionRules.FirstOrDefault(rule => rule.SensitivityLevel == label) is { } ofLabel ? (ofLabel.Policy(), SensitivityLevel)
        : (settings.Retention, Organization);

    public static RetentionPolicyView Policy(this RetentionRule rule) => new() { RetentionPeriod = rule.RetentionPeriod, AutoDelete = rule.AutoDelete, StartsAt = rule.StartsAt };

    /// <summary>Puts a document that has no policy of its own under that of its organization.</summary>
    public static void Inherit(this Document document, OrganizationSettings settings)
    {
        if (document.RetentionSource == Document)
            return;
        var (policy, source) = settings.Resolve(document.DocumentType, document.SensitivityLevel);
        document.Retain(policy, source);
    }
}
