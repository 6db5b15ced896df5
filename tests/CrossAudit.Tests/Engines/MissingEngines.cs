namespace CrossAudit.Tests.Engines;

/// <summary>What happens to a test whose engine is not on this machine: it is skipped, loudly; on CI it fails, so that nothing is left untested unseen.</summary>
internal static class MissingEngines
{
    /// <summary>Whether this is a CI run.</summary>
    public static bool AreFatal => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The engines that are missing and the way to each, in one line.</summary>
    public static string Describe(IEnumerable<string> missing) => $"NOT TESTED, an engine is missing: {string.Join("; ", missing)} (or run ./check, which installs it)";

    /// <summary>Ends the running test.</summary>
    public static void SkipOrFail(params IEnumerable<string> missing)
    {
        if (AreFatal)
            Assert.Fail(Describe(missing));
        Assert.Skip(Describe(missing));
    }
}
