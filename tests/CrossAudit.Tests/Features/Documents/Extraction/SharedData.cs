using System.Text.Json;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>
/// Real and hostile documents that stand beside the repository, in <c>../shared/data</c> or where CROSSAUDIT_SHARED_DATA
/// says. They are not ours to copy in; where they are absent, the tests on them are skipped and say so.
/// </summary>
internal static class SharedData
{
    public const string Absent = "Left out: the documents of ../shared/data are not here (set CROSSAUDIT_SHARED_DATA to their folder).";

    public static string? Folder { get; } = Find();

    public static string Document(string name) => Path.Combine(Folder!, "documents", name);

    public static string Hostile(string name) => Path.Combine(Folder!, "hostile", name);

    public static List<JsonElement> Documents() => [.. Read("documents").EnumerateArray()];

    public static List<JsonElement> HostileFiles() => [.. Read("hostile").GetProperty("files").EnumerateArray()];

    private static JsonElement Read(string folder)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, folder, "manifest.json")));
        return manifest.RootElement.Clone();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CROSSAUDIT_SHARED_DATA") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CrossAudit.slnx")))
                return Path.Combine(folder.FullName, "..", "shared", "data") is var data && Directory.Exists(data) ? data : null;
        }

        return null;
    }
}
