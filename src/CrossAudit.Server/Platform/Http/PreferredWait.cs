using System.Globalization;

namespace CrossAudit.Server.Platform.Http;

/// <summary>How long the caller would rather wait for something to be done than be told that it is not: <c>Prefer: wait=n</c> (RFC 7240, section 4.3).</summary>
/// <param name="Seconds">Seconds, at most <see cref="Longest"/>; null where there is no such preference.</param>
internal readonly record struct PreferredWait(int? Seconds)
{
    /// <summary>What is honoured of a longer wait.</summary>
    public const int Longest = 30;

    /// <summary>Says in the answer that the preference was honoured.</summary>
    public void Applied(HttpContext http)
    {
        if (Seconds is { } seconds)
            http.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
    }

    public static ValueTask<PreferredWait> BindAsync(HttpContext http)
    {
        foreach (var preference in http.Request.Headers["Prefer"].SelectMany(line => line?.Split(',') ?? []))
            if (preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value] && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return ValueTask.FromResult(new PreferredWait(Math.Min(seconds, Longest)));
        return ValueTask.FromResult(new PreferredWait(null));
    }
}
