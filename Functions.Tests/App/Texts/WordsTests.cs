using Autopay.Application.Texts;

namespace Autopay.Tests.App.Texts;

/// <summary>Days, amounts and lists in words.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("2020-03-04", "Wednesday, March 4, 2020", "miércoles 4 de marzo de 2020")]
    [InlineData("2020-02-29", "Saturday, February 29, 2020", "sábado 29 de febrero de 2020")]
    [InlineData("2026-12-31", "Thursday, December 31, 2026", "jueves 31 de diciembre de 2026")]
    public void A_day_is_written_in_words(string day, string english, string spanish) =>
        Assert.Equal(
            (english, spanish),
            (Words.English.Day(DateOnly.Parse(day, null)), Words.Spanish.Day(DateOnly.Parse(day, null)))
        );

    [Theory]
    [InlineData(100_675, "$1,006.75")]
    [InlineData(5, "$0.05")]
    [InlineData(-1_250, "-$12.50")]
    [InlineData(0, "$0.00")]
    [InlineData(123_456_789, "$1,234,567.89")]
    public void An_amount_is_written_alike_in_both_languages(long cents, string text) =>
        Assert.Equal(text, Words.Amount(new Money(cents)));

    [Fact]
    public void A_list_has_its_and_before_the_last()
    {
        Assert.Equal("", Words.English.List([]));
        Assert.Equal("a", Words.Spanish.List(["a"]));
        Assert.Equal("a, b and c", Words.English.List(["a", "b", "c"]));
        Assert.Equal("a, b y c", Words.Spanish.List(["a", "b", "c"]));
        DateOnly[] days = [new(2020, 2, 5), new(2020, 1, 29), new(2020, 2, 5)];
        Assert.Equal("miércoles 29 de enero de 2020 y el miércoles 5 de febrero de 2020", Words.Spanish.Days(days));
    }

    [Fact]
    public void A_value_that_is_missing_is_a_bug_and_never_a_gap() =>
        Assert.Contains(
            "{amount}",
            Assert.Throws<InvalidOperationException>(() => Words.English.Of(Phrase.DebitHeld, ("bill", "x"))).Message,
            StringComparison.Ordinal
        );

    // What somebody typed is put in as it is: its braces name nothing.
    [Fact]
    public void A_value_with_braces_is_no_name() =>
        Assert.Equal("{last} and b", Words.English.Of(Phrase.ListAnd, ("first", "{last}"), ("last", "b")));
}
