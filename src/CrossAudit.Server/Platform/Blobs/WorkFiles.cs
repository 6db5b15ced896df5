using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Names for files on their way: being received or encrypted.</summary>
internal sealed class WorkFolder(Settings settings, TimeProvider clock)
{
    /// <summary>A path that nobody has used.</summary>
    public string NewPath(string purpose)
    {
        Directory.CreateDirectory(settings.WorkDirectory);
        return Path.Combine(settings.WorkDirectory, $"{purpose}-{Guid.CreateVersion7(clock.GetUtcNow()):N}");
    }
}

/// <summary>A file being written in the work folder. Failures of the disk come out as what they mean, apart from those of whoever sends the bytes.</summary>
internal sealed class WorkFile : IAsyncDisposable
{
    private readonly FileStream _file;

    private WorkFile(FileStream file) => _file = file;

    public static WorkFile Create(string path)
    {
        try
        {
            // Unbuffered: each write says by itself whether there was room.
            return new WorkFile(new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous }));
        }
        catch (IOException failure)
        {
            throw failure.Meaning();
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await _file.WriteAsync(bytes, stop);
        }
        catch (IOException failure)
        {
            throw failure.Meaning();
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
