namespace CrossAudit.Server.Platform.Configuration;

/// <summary>Makes the data folder so that only the server's own account can look into it: it holds documents, mails and secrets.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes the folder if it is not there; one that an operator has made stays as it is.</summary>
    public static void Ensure(string path)
    {
        if (Directory.Exists(path))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
