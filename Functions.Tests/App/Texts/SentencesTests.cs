using System.Text.RegularExpressions;
using System.Xml.Linq;
using Autopay.Application.Texts;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.Texts;

/// <summary>The sentences that customers read: one file a language, as a native speaker reads them.</summary>
public sealed partial class SentencesTests
{
    private const string Folder = "Functions/Application/Texts";

    private static readonly Dictionary<string, string> English = Read("Sentences.resx");
    private static readonly Dictionary<string, string> Spanish = Read("Sentences.es.resx");

    // Words that Spanish does not have. Names, and words that both have, are none.
    private static readonly string[] EnglishWords =
    [
        "the",
        "and",
        "is",
        "are",
        "was",
        "were",
        "of",
        "your",
        "you",
        "we",
        "bill",
        "bills",
        "bank",
        "payment",
        "debit",
        "paid",
        "due",
        "on",
        "to",
        "from",
        "not",
        "will",
        "been",
        "this",
        "that",
        "with",
        "until",
        "hold",
        "call",
    ];

    [Fact]
    public void Both_languages_and_the_code_know_the_same_sentences()
    {
        Assert.Equal(Enum.GetNames<Phrase>().Order(StringComparer.Ordinal), English.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(English.Keys, Spanish.Keys);
    }

    [Fact]
    public void A_sentence_has_the_same_values_in_both_languages() =>
        Assert.All(English, text => Assert.Equal(Values(text.Value), Values(Spanish[text.Key])));

    [Fact]
    public void No_English_word_is_left_in_Spanish() =>
        Assert.DoesNotContain(
            Spanish.SelectMany(text =>
                WordPattern().Matches(ValuePattern().Replace(text.Value, "")).Select(it => it.Value)
            ),
            word => EnglishWords.Contains(word.ToLowerInvariant())
        );

    [Fact]
    public void Spanish_is_formal() =>
        Assert.DoesNotContain(
            Spanish.SelectMany(text => WordPattern().Matches(text.Value).Select(it => it.Value.ToLowerInvariant())),
            word => word is "tú" or "tu" or "tus" or "te" or "ti" or "contigo" or "vos" or "vosotros" or "vuestra"
        );

    [Fact]
    public void No_sentence_is_alike_in_both_but_for_signs() =>
        Assert.Equal(["ListComma"], English.Where(text => text.Value == Spanish[text.Key]).Select(text => text.Key));

    [Fact]
    public void Every_sentence_is_used()
    {
        var code = string.Concat(
            SourceTree
                .Sources("Functions")
                .Where(path => !path.EndsWith("Phrase.cs", StringComparison.Ordinal))
                .Select(SourceTree.Read)
                .Concat(
                    Directory
                        .EnumerateFiles(
                            Path.Combine(SourceTree.Root, "Functions/Pages"),
                            "*.razor",
                            SearchOption.AllDirectories
                        )
                        .Select(File.ReadAllText)
                )
        );
        Assert.DoesNotContain(
            Enum.GetNames<Phrase>(),
            name => !Regex.IsMatch(code, $@"\bPhrase\.{name}\b", RegexOptions.CultureInvariant)
        );
    }

    /// <summary>Sentence 7 and its neighbours: they were agreed on word by word.</summary>
    [Theory]
    [InlineData(
        "DebitCollectedAfterPayment",
        "On {day} we debited {amount} from your bank account. It is what was left of {bill} after you paid {paid} on {date}. Each bill is collected once.",
        "El {day} debitamos {amount} de su cuenta bancaria. Es lo que quedaba de {bill} después de que usted pagó {paid} el {date}. Cada factura se cobra una sola vez."
    )]
    [InlineData(
        "DebitUnknown",
        "We asked the bank and have no answer yet. We will not ask for the money again until we know. Nothing is needed from you.",
        "Le preguntamos al banco y todavía no tenemos respuesta. No volveremos a pedir el dinero hasta saberlo. Usted no tiene que hacer nada."
    )]
    public void The_sentences_that_matter_most_are_word_for_word_so(string key, string english, string spanish) =>
        Assert.Equal((english, spanish), (English[key], Spanish[key]));

    private static IEnumerable<string> Values(string text) =>
        ValuePattern().Matches(text).Select(it => it.Value).Distinct().Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Read(string file) =>
        XDocument
            .Parse(SourceTree.Read($"{Folder}/{file}"))
            .Root!.Elements("data")
            .ToDictionary(it => it.Attribute("name")!.Value, it => it.Element("value")!.Value);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex ValuePattern();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex WordPattern();
}
