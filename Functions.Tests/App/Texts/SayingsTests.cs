using System.Text.RegularExpressions;
using Autopay.Application.Texts;
using Autopay.Pages;

namespace Autopay.Tests.App.Texts;

/// <summary>What the app says has Spanish words, and a new refusal without them is found here.</summary>
public sealed partial class SayingsTests
{
    [Fact]
    public void Every_refusal_that_a_page_can_meet_has_Spanish_words()
    {
        var known = Sayings.Read().Select(saying => Blank(saying.English)).ToHashSet(StringComparer.Ordinal);
        var thrown = ThrownSentences.ReadAll();

        Assert.True(thrown.Count > 150, $"Only {thrown.Count} sentences were found in the sources.");
        Assert.Empty(thrown.Where(it => !known.Contains(it.Sentence)).Select(it => $"{it.File}: {it.Sentence}"));
    }

    [Fact]
    public void A_saying_has_the_same_values_in_both_languages() =>
        Assert.All(
            Sayings.Read(),
            saying => Assert.Equal(Names(saying.English).Distinct(), Names(saying.Spanish).Distinct())
        );

    [Theory]
    [InlineData("There is no account A-1.", "No existe la cuenta A-1.")]
    [InlineData("Account A-1 has no bill B-1.", "La cuenta A-1 no tiene la factura B-1.")]
    [InlineData("Account A-1 has no bill B-1 to adjust.", "La cuenta A-1 no tiene la factura B-1 para ajustar.")]
    [InlineData("This needs the role Preparer or Approver.", "Esto necesita el rol Preparador o Aprobador.")]
    [InlineData(
        "Cycle 1 was cleared anew since this was asked for: All is in. Look at it and ask anew.",
        "El ciclo 1 se ha dado por registrado de nuevo desde que se pidió esto: All is in. Revíselo y pídalo de nuevo."
    )]
    [InlineData(
        "Cycle 2 cannot be cleared: 1 of 8 totals differs, by $60.00. Look in the drawer.",
        "El ciclo 2 no se puede dar por registrado: 1 de 8 totales difiere, por $60.00. Look in the drawer."
    )]
    public void A_sentence_keeps_its_values_and_what_it_quotes_of_the_app_is_Spanish_too(string english, string spanish)
    {
        Assert.Equal(spanish, Sayings.In(Language.Spanish, english));
        Assert.Equal(english, Sayings.In(Language.English, english));
    }

    [Fact]
    public void What_a_person_wrote_stays_as_it_is_even_a_word_that_the_app_has_too() =>
        Assert.Equal("detenido: cash", Sayings.In(Language.Spanish, "halted: cash"));

    // "or" is a person's word too.
    [Fact]
    public void Only_roles_are_said_one_by_one() =>
        Assert.Equal("detenido: cash or card", Sayings.In(Language.Spanish, "halted: cash or card"));

    [Fact]
    public void Letters_of_its_own_are_those_between_the_values() =>
        Assert.Equal(10, new Saying("Bill {bill} of {account}.", "La factura {bill} de {account}.").Letters);

    [Theory]
    [InlineData("Bill B-1.", "B-1")]
    [InlineData("Bill .", "")]
    [InlineData("Bill", null)]
    [InlineData("Bill B. 1.", null)]
    public void A_value_is_what_stands_between_the_letters_and_within_one_sentence(string sentence, string? value) =>
        Assert.Equal(value, new Saying("Bill {bill}.", "La factura {bill}.").ValuesIn(sentence)?.Single().Text);

    [Fact]
    public void A_language_has_the_name_that_browsers_know() =>
        Assert.Equal(("en", "es"), (Language.English.Code, Language.Spanish.Code));

    [Theory]
    [InlineData("41.00 by cash, 0.50 left.", "$41.00 by cash, $0.50 left.")]
    [InlineData("It is 1,006.75.", "It is $1,006.75.")]
    [InlineData("$5.00 of P-60.00, 1.2.30, 0.50 %", "$5.00 of P-60.00, 1.2.30, 0.50 %")]
    public void An_amount_of_a_sentence_has_its_sign_on_a_page(string said, string shown) =>
        Assert.Equal(shown, PageWords.Dollars(said));

    [Fact]
    public void Two_sentences_are_both_said_or_none() =>
        Assert.Multiple(
            () =>
                Assert.Equal(
                    "No existe el ciclo 7. No existe la cuenta A.1.",
                    Sayings.In(Language.Spanish, "There is no cycle 7. There is no account A.1.")
                ),
            () => Assert.Null(Sayings.In(Language.Spanish, "There is no cycle 7. There is nobody here."))
        );

    [Theory]
    [InlineData("Nobody has translated this.")]
    [InlineData("")]
    [InlineData("There is no account ")]
    public void A_sentence_without_Spanish_words_has_none(string english) =>
        Assert.Null(Sayings.In(Language.Spanish, english));

    private static string Blank(string saying) => NamePattern().Replace(saying, "{}");

    private static IEnumerable<string> Names(string text) =>
        NamePattern().Matches(text).Select(name => name.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex NamePattern();
}
