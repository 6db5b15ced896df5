namespace CrossAudit.Tests.Engines;

/// <summary>Finds programs the way a shell does, without starting one.</summary>
internal static class Executable
{
    /// <summary>The path of the program, from <c>PATH</c> first and then from the folders named.</summary>
    public static string? Find(string name, params IEnumerable<string> alsoIn) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(alsoIn)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
