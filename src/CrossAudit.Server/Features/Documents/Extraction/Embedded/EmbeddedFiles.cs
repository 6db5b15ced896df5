using System.Text.RegularExpressions;

namespace CrossAudit.Server.Features.Documents.Extraction.Embedded;

/// <summary>
/// Reads the files that stand in a file: an archive's members, a mail's attachments. One that cannot be read is left out
/// and named; the others are read all the same. All limits are those of the whole job, however the files are nested.
/// </summary>
/// <param name="fragments">Each file becomes a section below its name.</param>
/// <param name="folder">Where they are unpacked, one at a time on each level, under names of our own.</param>
internal sealed partial class EmbeddedFiles(FragmentWriter fragments, string folder)
{
    public const int MaxFiles = 1000;

    /// <summary>An archive in a mail in an archive is two deep.</summary>
    public const int MaxDepth = 4;

    private const int MaxMegabytes = 256;

    /// <summary>What unpacks to more than this many times its size is a bomb. Text packs ten to one, a table of zeros fifty to one.</summary>
    private const int MaxRatio = 100;

    /// <summary>Up to this many bytes any ratio will do.</summary>
    private const long Harmless = 1024 * 1024;

    private readonly ReadBudget _budget = new(MaxMegabytes);
    private int _files;
    private int _depth;

    /// <param name="name">Shown and searched, and a hint at kinds of text. It never becomes a path.</param>
    /// <param name="open">Gives the content, unpacked.</param>
    /// <param name="packedBytes">How many bytes it takes where it stands, if that is known.</param>
    public void Read(string name, Func<Stream> open, long? packedBytes = null)
    {
        if (++_files > MaxFiles)
            throw new BeyondLimitsException($"The file holds more than {MaxFiles:N0} files.");

        name = NameOf(name);
        if (_depth == MaxDepth)
        {
            fragments.Omit(name, "nested too deeply", isSound: false);
            return;
        }

        var path = Path.Combine(folder, $"{_depth}");
        _depth++;
        try
        {
            Unpack(open, packedBytes ?? long.MaxValue / MaxRatio, path);
            Parse(name, path);
        }
        catch (UnsupportedContentException e)
        {
            fragments.Omit(name, Phrase(e.Message));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or BeyondLimitsException))
        {
            // One file's boundary, as the job's: a parser may throw anything.
            fragments.Omit(name, e is UnreadableContentException ? Phrase(e.Message) : "damaged", isSound: false);
        }
        finally
        {
            File.Delete(path);
            _depth--;
        }
    }

    private void Unpack(Func<Stream> open, long packedBytes, string path)
    {
        Directory.CreateDirectory(folder);
        using var content = new BudgetedStream(open(), _budget);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        var buffer = new byte[64 * 1024];
        for (long written = 0; content.Read(buffer) is var read && read > 0; file.Write(buffer, 0, read))
        {
            written += read;
            if (written > Harmless && written > packedBytes * MaxRatio)
                throw new BeyondLimitsException($"A file in it expands to more than {MaxRatio} times its size.");
        }
    }

    private void Parse(string name, string path)
    {
        // The sniffer waits for a disk only, and this is a thread of the job's own.
        var found = ContentSniffer.DetectAsync(path, name, CancellationToken.None).GetAwaiter().GetResult();
        if (!found.IsSupported)
            throw found.MimeType == ContentTypes.OleCompound ? new UnreadableContentException(found.Description) : new UnsupportedContentException(found.Description);

        var before = fragments.Fragments + fragments.Omissions.Count;
        fragments.InFile(name, () => Parsers.Parse(path, found.MimeType, fragments, this));
        if (fragments.Fragments + fragments.Omissions.Count == before)
            throw UnsupportedContentException.NoText();
    }

    private static string NameOf(string name) =>
        FragmentText.Clean(WhiteSpace.Collapse(name)) is { Length: > 0 } clean ? clean : "a file without a name";

    /// <summary>"The file holds no text." reads as "no text" after the file's name.</summary>
    private static string Phrase(string reason) => Subject().Replace(reason, "").Trim().TrimEnd('.');

    [GeneratedRegex(@"\AThe file (?:is|holds) ")]
    private static partial Regex Subject();
}
