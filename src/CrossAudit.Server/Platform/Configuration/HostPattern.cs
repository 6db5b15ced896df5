namespace CrossAudit.Server.Platform.Configuration;

/// <summary>A name in <c>ALLOWED_HOSTS</c>. One that no request can name would shut everybody out, or quietly do nothing.</summary>
internal static class HostPattern
{
    private const string AnySubdomain = "*.";

    public static string Parse(string name)
    {
        var host = name.StartsWith(AnySubdomain, StringComparison.Ordinal) ? name[AnySubdomain.Length..] : name;
        return name == "*" || Uri.CheckHostName(host) is not UriHostNameType.Unknown ? name : throw SettingsReader.Refuse("ALLOWED_HOSTS", name, "names without scheme or port, such as audit.example.com, *.example.com, or * for any");
    }
}
