using System.Text;

namespace CrossAudit.Bench;

/// <summary>Text whose words are as frequent as in a language: some thousand by Zipf's law, and now and then a rare one.</summary>
internal sealed class RandomText(int seed)
{
    private const int Common = 8_000;
    private const int Rare = 60_000;

    private static readonly string[] Syllables = ["ba", "co", "di", "fu", "ga", "hel", "im", "jo", "ka", "lu", "men", "no", "or", "pi", "qua", "ri", "sa", "ter", "un", "vo"];

    private readonly Random _random = new(seed);

    public string Document(int paragraphs)
    {
        var text = new StringBuilder();
        for (var i = 0; i < paragraphs; i++)
            text.AppendJoin(' ', Words(_random.Next(30, 90))).Append(".\n\n");
        return text.ToString();
    }

    public string Query(int least, int most) => string.Join(' ', Words(_random.Next(least, most + 1)));

    private IEnumerable<string> Words(int count) => Enumerable.Range(0, count).Select(_ => Word(_random.NextDouble() < 0.97 ? (int)Math.Pow(Common, _random.NextDouble()) : Common + _random.Next(Rare)));

    // No two numbers give the same word.
    private static string Word(int number)
    {
        var word = new StringBuilder();
        for (var rest = number + 20; rest > 0; rest /= 20)
            word.Append(Syllables[rest % 20]);
        return word.ToString();
    }
}
