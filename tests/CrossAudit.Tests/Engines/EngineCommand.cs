namespace CrossAudit.Tests.Engines;

/// <summary>A program, its arguments, the folder it runs in and, for a program that refuses to be root, the user it runs as.</summary>
internal sealed record EngineCommand(string Program, string[] Arguments, string Folder, string? User = null)
{
    private static readonly string? Setpriv = Executable.Find("setpriv");

    /// <summary>Whether a process started as root can step down to another user.</summary>
    public static bool CanChangeUser => Setpriv is not null;

    /// <summary>The words to execute.</summary>
    /// <remarks>
    /// <c>setpriv</c> asks the kernel to end the program when the thread that started it ends, so a killed test process leaves nothing running.
    /// Where it does not exist (macOS), only an orderly end does that.
    /// </remarks>
    public string[] Words => Setpriv is null
        ? [Program, .. Arguments]
        : [Setpriv, .. StepDown, "--pdeathsig", "INT", "--", Program, .. Arguments];

    private string[] StepDown => User is null ? [] : [$"--reuid={User}", $"--regid={User}", "--init-groups", "--reset-env"];
}
