using System.Text.Json.Nodes;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Platform.Data;
using DiffPlex.Renderer;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Documents.Versions;

/// <summary>How a comparison ended.</summary>
internal abstract record ComparisonOutcome
{
    public sealed record Done(ComparisonView View) : ComparisonOutcome;

    public sealed record DocumentMissing : ComparisonOutcome;

    public sealed record Missing(int Number) : ComparisonOutcome;

    /// <summary>This version's text was not taken out of it, or not yet.</summary>
    public sealed record WithoutText(int Number) : ComparisonOutcome;

    public sealed record TooLarge : ComparisonOutcome;
}

/// <summary>Compares the texts of two versions, line by line.</summary>
internal sealed class VersionComparison(AppDbContext db, ComparisonLane lane)
{
    /// <param name="documentId">The document.</param>
    /// <param name="since">Compared from; where left out, the one before <paramref name="until"/>.</param>
    /// <param name="until">Compared to; where left out, the newest.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<ComparisonOutcome> RunAsync(Guid documentId, int? since, int? until, CancellationToken stop)
    {
        if (await db.Set<Document>().Where(d => d.Id == documentId).Select(d => (int?)d.CurrentVersion).SingleOrDefaultAsync(stop) is not { } newest)
            return new ComparisonOutcome.DocumentMissing();
        var to = until ?? newest;
        var from = since ?? Math.Max(1, to - 1);
        var versions = await db.Set<DocumentVersion>().AsNoTracking().Where(v => v.DocumentId == documentId && (v.Number == from || v.Number == to)).ToListAsync(stop);
        foreach (var number in new[] { from, to })
        {
            if (versions.Find(v => v.Number == number) is not { } version)
                return new ComparisonOutcome.Missing(number);
            if (version.Place is null)
                return new ComparisonOutcome.WithoutText(number);
        }
        var (old, current) = (versions.Single(v => v.Number == from), versions.Single(v => v.Number == to));
        if (await TextAsync(old, stop) is not { } oldText || await TextAsync(current, stop) is not { } newText)
            return new ComparisonOutcome.TooLarge();
        var (hunks, unified) = await lane.RunAsync(() => (Hunks.Between(oldText, newText), Unified(oldText, newText, old, current)), stop);
        return new ComparisonOutcome.Done(new ComparisonView
        {
            DocumentId = documentId,
            From = from,
            To = to,
            Fields = Differences(old, current),
            AddedLines = hunks.Sum(hunk => hunk.Lines.Count(line => line.Kind == Hunks.Added)),
            DeletedLines = hunks.Sum(hunk => hunk.Lines.Count(line => line.Kind == Hunks.Deleted)),
            Hunks = hunks,
            Unified = unified,
        });
    }

    /// <summary>The text, a line for each line of each passage; null if it is more than can be compared in bearable time.</summary>
    private async Task<string?> TextAsync(DocumentVersion version, CancellationToken stop)
    {
        var passages = db.Set<Fragment>().AsNoTracking().Where(f => f.VersionId == version.Id).OrderBy(f => f.Number).Select(f => f.Content);
        var (text, lines) = (new System.Text.StringBuilder(), 0);
        await foreach (var passage in passages.AsAsyncEnumerable().WithCancellation(stop))
        {
            lines += 1 + passage.AsSpan().Count('\n');
            if (lines > ComparisonLane.MostLines || text.Length + passage.Length > ComparisonLane.MostCharacters)
                return null;
            text.Append(passage.ReplaceLineEndings("\n")).Append('\n');
        }
        return text.ToString();
    }

    private static string Unified(string oldText, string newText, DocumentVersion old, DocumentVersion current) =>
        oldText == newText ? "" : UnidiffRenderer.GenerateUnidiff(oldText, newText, $"{old.Filename} (version {old.Number})", $"{current.Filename} (version {current.Number})");

    private static JsonObject Differences(DocumentVersion old, DocumentVersion current)
    {
        var fields = new JsonObject();
        Compare("title", old.Title, current.Title);
        Compare("filename", old.Filename, current.Filename);
        Compare("mime_type", old.MimeType, current.MimeType);
        Compare("file_size", old.FileSize, current.FileSize);
        Compare("content_hash", old.ContentHash, current.ContentHash);
        return fields;

        void Compare<T>(string name, T before, T after)
        {
            if (!Equals(before, after))
                fields[name] = new JsonObject { ["from"] = JsonValue.Create(before), ["to"] = JsonValue.Create(after) };
        }
    }
}
