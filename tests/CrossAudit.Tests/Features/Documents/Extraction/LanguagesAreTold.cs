using CrossAudit.Server.Features.Documents.Extraction.Languages;

namespace CrossAudit.Tests.Features.Documents.Extraction;

public sealed class LanguagesAreTold
{
    /// <summary>The names of languages in the collection of the Declaration of Human Rights whose script or small words are known here.</summary>
    private static readonly Dictionary<string, string> Names = """
        English en, French fr, Spanish es, Italian it, Portuguese pt, Dutch nl, Swedish sv, Danish da, Finnish fi, Polish pl, Czech cs, Slovak sk,
        Slovenian sl, Hungarian hu, Romanian ro, Turkish tr, Indonesian id, Vietnamese vi, Estonian et, Lithuanian lt, Russian ru, Ukrainian uk,
        Bulgarian bg, Greek el, Korean ko, Japanese ja, Thai th, Georgian ka, Armenian hy, Bengali bn, Tamil ta, Hebrew he, Hindi hi, Urdu ur,
        Farsi fa, Arabic ar, Icelandic is, Afrikaans af, Croatian hr, Latvian lv, Albanian sq, Galician gl
        """.Split(',').Select(entry => entry.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToDictionary(entry => entry[0], entry => entry[1]);

    [Theory]
    [InlineData("Every model is reviewed before it is used, and the review is written down.", "en")]
    [InlineData("Jedes Modell wird geprüft, bevor es verwendet wird, und die Prüfung wird aufgezeichnet.", "de")]
    [InlineData("Chaque modèle est examiné avant d'être utilisé, et l'examen est consigné par écrit.", "fr")]
    [InlineData("Cada modelo se revisa antes de su uso y la revisión queda por escrito.", "es")]
    [InlineData("Каждая модель проверяется до того, как она будет использована, и это записывается.", "ru")]
    [InlineData("كل نموذج يخضع للمراجعة قبل استخدامه، وهذا ما يتم تسجيله في السجل.", "ar")]
    [InlineData("各モデルは使用前に審査され、その結果は記録されます。", "ja")]
    [InlineData("每个模型在使用之前都要经过审查，并记录审查结果。", "zh")]
    [InlineData("모든 모델은 사용 전에 검토되며 그 결과는 기록됩니다.", "ko")]
    [InlineData("Κάθε μοντέλο ελέγχεται πριν χρησιμοποιηθεί.", "el")]
    public void A_sentence_is_enough(string text, string language) => Assert.Equal(language, TextLanguage.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("12.5 %")]
    [InlineData("Annex B")]
    [InlineData("AI")]
    public void Too_little_tells_nothing(string text) => Assert.Null(TextLanguage.Of(text));

    [Fact]
    public void A_long_text_in_an_unknown_language_is_undetermined() =>
        Assert.Equal("und", TextLanguage.Of(string.Concat(Enumerable.Repeat("Nuqneh tlhingan maH qatlh wej pagh Hoch jatlh batlh Heghlu ", 10))));

    [Fact]
    public void Any_text_ends_in_a_tag_or_none()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(0x10000)));
            Assert.InRange(TextLanguage.Of(text)?.Length ?? 2, 2, 3);
        }
    }

    [Fact]
    public void The_first_article_of_the_declaration_of_human_rights_is_told_in_its_languages()
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var articles = File.ReadAllText(SharedData.Document("udhr-first-article-all-languages.txt")).ReplaceLineEndings("\n").Split("\n\n")
            .Select(article => article.Split('\n', 2)).Where(article => article.Length == 2 && Names.ContainsKey(article[0].Split(' ', ',')[0])).ToList();
        Assert.True(articles.Count > 40);

        var wrong = articles.Where(article => TextLanguage.Of(article[1]) is var told && told != Names[article[0].Split(' ', ',')[0]])
            .Select(article => $"{article[0]}: {TextLanguage.Of(article[1])}").ToList();

        // Vietnamese in Chinese characters, and whoever else is too near to a neighbour.
        Assert.True(wrong.Count <= articles.Count / 20, string.Join(Environment.NewLine, wrong));
    }
}
