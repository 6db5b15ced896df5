using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Actors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Features.Chat.Live;
using CrossAudit.Server.Features.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Findings;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>A document as it is when it is attached.</summary>
internal sealed record AttachedDocument(Guid Id, int Version, SensitivityLevel Label);

/// <summary>What may be in a message of a thread: documents that its sender may read, people who may read the thread, and nothing labelled above it.</summary>
internal sealed class MessageRules(AppDbContext db, Actor actor, TimeProvider clock)
{
    private const string Refuse = "refuse";
    private const string Mark = "label_above_thread";

    /// <summary>The documents in the order in which they are attached; null if one of them is none that the actor may read.</summary>
    public async Task<List<AttachedDocument>?> AttachedAsync(IReadOnlyList<Guid> documents, CancellationToken stop)
    {
        if (documents.Count == 0)
            return [];
        var known = await db.Set<Document>().AsNoTracking().Where(d => documents.Contains(d.Id)).Select(d => new AttachedDocument(d.Id, d.CurrentVersion, d.SensitivityLevel)).ToDictionaryAsync(d => d.Id, stop);
        return documents.All(known.ContainsKey) ? [.. documents.Distinct().Select(id => known[id])] : null;
    }

    /// <summary>Whether all of them may read the thread. Whoever may not is not told that there is one.</summary>
    public bool MayAllRead(Audience audience, IReadOnlyList<Guid> people)
    {
        var place = new ResourcePlace(audience.DepartmentId, null, audience.People);
        return people.Count == 0
            || (actor.Access.Graph is { } graph && people.All(person => AccessDecision.Of(graph, person, Contracts.Permissions.ChatRead, place, clock.GetUtcNow()).IsAllowed));
    }

    /// <summary>The label of what a message holds, where it is above that of its thread; null where it is not.</summary>
    public static SensitivityLevel? LabelAbove(Audience audience, string content, IReadOnlyList<AttachedDocument> attached)
    {
        if (audience.Label is not { } limit)
            return null;
        var highest = attached.Select(document => document.Label).Append(Detected(content)).Max();
        return highest > limit ? highest : null;
    }

    /// <summary>Whether the organization refuses what is labelled above its thread, instead of marking it.</summary>
    public bool RefusesLabelsAbove => actor.Policy.ChatLabelPolicy == Refuse;

    /// <summary>A message's facts, with a mark where it holds what is labelled above its thread.</summary>
    public static JsonObject Marked(JsonObject metadata, SensitivityLevel? above)
    {
        var marked = metadata.DeepClone().AsObject();
        marked.Remove(Mark);
        if (above is { } label)
            marked[Mark] = label.ToString().ToLowerInvariant();
        return marked;
    }

    private static SensitivityLevel Detected(string content)
    {
        var findings = new TextFindings();
        findings.Add(new ExtractedFragment(content, null, 1, FragmentType.Paragraph, 0, content.Length, 1, null), null);
        return LabelSuggestion.Of(findings.Found.Counts) ?? SensitivityLevel.Public;
    }
}
