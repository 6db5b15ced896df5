using System.Text;
using CrossAudit.Server.Features.Documents.Extraction;

namespace CrossAudit.Tests.Features.Documents.Extraction;

/// <summary>Plain text in the encodings that are met: by their marks, by their form, or by statistics.</summary>
public sealed class EncodingsAreTold(Extractor extractor) : IClassFixture<Extractor>
{
    private const string Russian = "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью.";
    private const string German = "Die Prüfung läuft für alle Größen; später müssen wir über die Ergebnisse natürlich öffentlich Rechenschaft ablegen.";
    private const string Greek = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.";
    private const string Japanese = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。";
    private const string Chinese = "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。";
    private const string Traditional = "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神互相對待。";
    private const string Korean = "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았다.";
    private const string Polish = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem.";

    static EncodingsAreTold() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", German, true)]
    [InlineData("utf-16", Japanese, true)]
    [InlineData("utf-16BE", Russian, true)]
    [InlineData("utf-32", Chinese, true)]
    [InlineData("utf-32BE", Chinese, true)]
    [InlineData("utf-16", German, false)]
    [InlineData("utf-16BE", German, false)]
    [InlineData("windows-1252", German, false)]
    [InlineData("windows-1250", Polish, false)]
    [InlineData("iso-8859-2", Polish, false)]
    [InlineData("windows-1251", Russian, false)]
    [InlineData("koi8-r", Russian, false)]
    [InlineData("iso-8859-5", Russian, false)]
    [InlineData("windows-1253", Greek, false)]
    [InlineData("shift_jis", Japanese, false)]
    [InlineData("euc-jp", Japanese, false)]
    [InlineData("iso-2022-jp", Japanese, false)]
    [InlineData("gb18030", Chinese, false)]
    [InlineData("big5", Traditional, false)]
    [InlineData("euc-kr", Korean, false)]
    public async Task Text_comes_out_as_it_was(string name, string text, bool marked)
    {
        var encoding = Encoding.GetEncoding(name);
        var path = extractor.NewPath(".txt");
        await File.WriteAllBytesAsync(path, [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(string.Concat(Enumerable.Repeat(text + "\n", 3)))], Extractor.Stop);

        Assert.Equal(ContentTypes.PlainText, (await ContentSniffer.DetectAsync(path, "a.txt", Extractor.Stop)).MimeType);
        var fragment = Assert.Single(await extractor.FragmentsAsync(path, ContentTypes.PlainText));

        Assert.Equal(string.Join('\n', Enumerable.Repeat(text, 3)), fragment.Content);
        Assert.Equal(marked || name is "utf-8" or "iso-2022-jp" ? 1.0 : 0.7, fragment.ConfidenceScore);
    }
}
