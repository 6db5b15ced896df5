using System.Text;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>Keys that the embedded shape makes for itself and keeps in its data folder, for their owner's eyes alone; the newest stands first.</summary>
internal static class KeptKeys
{
    public static string ReadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
        {
            PrivateFolder.Ensure(Path.GetDirectoryName(path)!);
            Write(path, create());
        }
        return File.ReadAllText(path).Trim();
    }

    /// <summary>Puts a new key first, and keeps the one that was first until now, so that what it has signed still verifies.</summary>
    public static void Rotate(string path, Func<string> create, Func<string, string> newest)
    {
        var next = path + ".next";
        File.Delete(next);
        Write(next, create() + "\n" + newest(File.ReadAllText(path).Trim()));
        // All or nothing: a crash leaves the old file or the new one.
        File.Move(next, path, overwrite: true);
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, Encoding.ASCII, options);
        file.Write(text);
    }
}
