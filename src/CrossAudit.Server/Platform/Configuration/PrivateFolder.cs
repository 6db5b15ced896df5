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

    /// <summary>As <see cref="Ensure"/>, and tries whether it can be written to: rather at the start than at the first upload.</summary>
    /// <exception cref="SettingsException">It cannot.</exception>
    public static string EnsureWritable(string path)
    {
        try
        {
            Ensure(path);
            using var probe = new FileStream(Path.Combine(path, $".probe-{Environment.ProcessId}"), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return path;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw SettingsReader.Refuse("CROSSAUDIT_DATA", path, $"a folder that the server can write to ({cause.Message.ReplaceLineEndings(" ")})");
        }
    }
}
