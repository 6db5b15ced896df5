using System.Globalization;

namespace CrossAudit.Server.Platform.Configuration;

/// <summary>A setting that cannot be used: one line that names it, what it got and what it takes.</summary>
internal sealed class SettingsException(string message) : Exception(message);

/// <summary>Reads single settings by name, and refuses with a line that says what to do.</summary>
internal sealed class SettingsReader(IConfiguration source)
{
    public string? Text(string name) => source[name] is { Length: > 0 } value ? value.Trim() : null;

    public string Text(string name, string otherwise) => Text(name) ?? otherwise;

    /// <summary>A setting that another one makes necessary.</summary>
    public string Required(string name, string because) =>
        Text(name) ?? throw new SettingsException($"{name} is not set. It is needed because {because}.");

    public int Number(string name, int otherwise, int least, int most) => (int)Number(name, (long)otherwise, least, most);

    public long Number(string name, long otherwise, long least, long most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refuse(name, text, $"a whole number from {least} to {most}");
    }

    public bool Switch(string name, bool otherwise) => Text(name)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        var text => throw Refuse(name, text, "true or false"),
    };

    /// <summary>A comma-separated list.</summary>
    public IReadOnlyList<string>? List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public Uri? HttpUrl(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw Refuse(name, text, "an address such as https://audit.example.com");
    }

    public static SettingsException Refuse(string name, string got, string takes) => new($"{name} is \"{got}\", but takes {takes}.");

    /// <summary>As <see cref="Refuse"/>, for a value that must not be shown.</summary>
    public static SettingsException RefuseSecret(string name, string problem, string takes) => new($"{name} {problem}. It takes {takes}.");
}
