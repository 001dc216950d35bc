using Autopay.Imports;

namespace Autopay.Tests.Imports;

/// <summary>Dates are ISO and real (N42).</summary>
public sealed class DateFieldTests
{
    private static readonly (ImportKind Kind, string Column)[] Dates =
    [
        (ImportKind.Bills, "bill_date"), (ImportKind.Bills, "due_date"), (ImportKind.Bills, "penalty_date"), (ImportKind.Payments, "received_on"),
        (ImportKind.Balances, "as_of"),
    ];

    [Theory]
    [InlineData("2020-02-30")]
    [InlineData("02/30/2020")]
    [InlineData("02/03/2020")]
    [InlineData("2026-13-01")]
    [InlineData("2026-00-10")]
    [InlineData("2021-02-29")]
    [InlineData("20-01-22")]
    [InlineData("0020-01-22")]
    [InlineData("9999-12-31")]
    [InlineData("1999-12-31")]
    [InlineData("2020-1-22")]
    [InlineData("20200122")]
    [InlineData("2020-01-22T00:00")]
    [InlineData(" 2020-01-22")]
    [InlineData("2020-01-22 ")]
    [InlineData("٢٠٢٠-٠١-٢٢")]
    [InlineData("43852")]
    [InlineData("")]
    public void N42_a_date_that_is_none_is_refused(string text) => Assert.All(Dates, date =>
    {
        var problem = Csv.Problem(date.Kind, Csv.With(date.Kind, date.Column, text));
        Assert.Equal((2, date.Column), (problem.Line, problem.Column));
        Assert.Equal(text.Length == 0 ? "nothing" : $"'{text}'", problem.Found);
        Assert.Equal("a date as YYYY-MM-DD, from 2000 to 2099", problem.Expected);
    });

    [Fact]
    public void A_leap_day_is_a_date() => Assert.True(Csv.Check(ImportKind.Payments, Csv.With(ImportKind.Payments, "received_on", "2020-02-29")).IsGood);

    [Fact]
    public void N42_a_bill_that_is_due_before_its_bill_date_is_refused() => Assert.Equal(
        new ImportProblem(2, "due_date", "'2020-01-07'", "a date on or after bill_date"),
        Csv.Problem(ImportKind.Bills, Csv.With(ImportKind.Bills, "due_date", "2020-01-07")));

    [Fact]
    public void A_penalty_before_the_due_date_is_refused() => Assert.Equal(
        new ImportProblem(2, "penalty_date", "'2020-01-21'", "a date on or after due_date"),
        Csv.Problem(ImportKind.Bills, Csv.With(ImportKind.Bills, "penalty_date", "2020-01-21")));
}
