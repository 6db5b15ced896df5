using System.Globalization;

namespace CrossAudit.Bench;

/// <summary>One request: how long it took, and how it was answered.</summary>
internal readonly record struct Sample(double Milliseconds, int Status);

/// <summary>What a load measured.</summary>
internal sealed class Figures(IReadOnlyList<Sample> samples, TimeSpan length)
{
    private readonly double[] _times = [.. samples.Select(sample => sample.Milliseconds).Order()];

    public double P50 => At(0.5);

    public double P99 => At(0.99);

    /// <summary>Answers a second that have this status.</summary>
    public double PerSecond(int status) => samples.Count(sample => sample.Status == status) / length.TotalSeconds;

    /// <summary>How many of all answers have this status.</summary>
    public double Share(int status) => samples.Count == 0 ? 0 : (double)samples.Count(sample => sample.Status == status) / samples.Count;

    public static void Print(string title, params (string Name, string Value)[] rows)
    {
        Console.WriteLine(title);
        var width = rows.Max(row => row.Name.Length) + 2;
        foreach (var (name, value) in rows)
            Console.WriteLine($"  {name.PadRight(width)}{value,12}");
    }

    public static string Number(double value, string form = "#,0.0") => value.ToString(form, CultureInfo.InvariantCulture);

    private double At(double quantile) => _times.Length == 0 ? double.NaN : _times[(int)Math.Min(_times.Length - 1, Math.Floor(_times.Length * quantile))];
}
