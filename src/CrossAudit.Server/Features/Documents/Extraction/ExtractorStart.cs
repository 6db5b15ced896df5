using System.Diagnostics;
using System.Globalization;

namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>How to start a parser: this program again, with the command <c>extract</c>, little memory and no secrets.</summary>
internal static class ExtractorStart
{
    /// <summary>All that is passed on. The server's environment holds its keys and passwords.</summary>
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LANG", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "SYSTEMROOT", "TEMP", "TMP"];

    public static ProcessStartInfo Info(ExtractionOptions options)
    {
        var info = CommandLine();
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.UseShellExecute = false;
        info.CreateNoWindow = true;
        info.WorkingDirectory = Path.GetTempPath();

        var inherited = Inherited.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name))).ToList();
        info.Environment.Clear();
        foreach (var (name, value) in inherited.Where(variable => variable.Value is not null))
            info.Environment[name] = value;
        Configure(info.Environment, options);
        return info;
    }

    private static void Configure(IDictionary<string, string?> environment, ExtractionOptions options)
    {
        environment["DOTNET_GCHeapHardLimit"] = "0x" + options.MemoryLimit.ToString("X", CultureInfo.InvariantCulture);
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_NOLOGO"] = "1";
    }

    /// <summary>The program beside this assembly, also when a test's host runs it; else <c>dotnet</c> with the assembly.</summary>
    private static ProcessStartInfo CommandLine()
    {
        var assembly = typeof(ExtractorStart).Assembly.Location;
        var folder = Path.GetDirectoryName(assembly) is { Length: > 0 } beside ? beside : AppContext.BaseDirectory;
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "crossaudit.exe" : "crossaudit");
        if (File.Exists(program))
            return new ProcessStartInfo(program, ["extract"]);

        var host = Environment.ProcessPath;
        var dotnet = Path.GetFileNameWithoutExtension(host) == "dotnet" ? host! : "dotnet";
        return new ProcessStartInfo(dotnet, [assembly, "extract"]);
    }
}
