namespace CrossAudit.Server.Features.Auth;

/// <summary>What a person recognizes a client by: browser and system, read roughly from its <c>User-Agent</c>.</summary>
internal static class DeviceName
{
    // In this order: Edge and Opera call themselves Chrome too, Chrome calls itself Safari, iPads call themselves Macintosh.
    private static readonly (string Mark, string Name)[] Clients =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("python", "Python"), ("node", "Node.js"), ("CrossAudit", "CrossAudit client")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        if (Find(Clients, userAgent) is not { } client)
            return "Unknown client";
        return Find(Systems, userAgent) is { } system ? $"{client} on {system}" : client;
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        Array.Find(known, entry => userAgent?.Contains(entry.Mark, StringComparison.OrdinalIgnoreCase) == true).Name;
}
