using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>Dates are real, and ISO or of an order that the file itself tells (N42).</summary>
public sealed class DateFieldTests
{
    private static readonly (ImportKind Kind, string Column)[] Dates =
    [
        (ImportKind.Bills, "bill_date"),
        (ImportKind.Bills, "due_date"),
        (ImportKind.Bills, "penalty_date"),
        (ImportKind.Payments, "received_on"),
        (ImportKind.Balances, "as_of"),
        (ImportKind.Penalties, "charged_on"),
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
    [InlineData("13/13/2020")]
    [InlineData("1/22/20")]
    [InlineData("2020/01/22")]
    [InlineData("1/22/2020 0:00")]
    [InlineData("1/22/1999")]
    [InlineData("٢٠٢٠-٠١-٢٢")]
    [InlineData("43852")]
    [InlineData("")]
    public void N42_a_date_that_is_none_is_refused(string text) =>
        Assert.All(
            Dates,
            date =>
            {
                var problem = Csv.Problem(date.Kind, Csv.With(date.Kind, date.Column, text));
                Assert.Equal((2, date.Column), (problem.Line, problem.Column));
                Assert.Equal(text.Length == 0 ? "nothing" : $"'{text}'", problem.Found);
                Assert.Equal("a date as YYYY-MM-DD, from 2000 to 2099", problem.Expected);
            }
        );

    [Theory]
    [InlineData("1/22/2020", "01/02/2020", "2020-01-22 2020-01-02")]
    [InlineData("22/1/2020", "1/2/2020", "2020-01-22 2020-02-01")]
    [InlineData("5/6/2020", "02/29/2020", "2020-05-06 2020-02-29")]
    [InlineData("2/2/2020", "2020-01-03", "2020-02-02 2020-01-03")]
    public void Dates_with_slashes_are_taken_when_the_rows_of_the_file_tell_their_order(
        string first,
        string second,
        string days
    )
    {
        var rows = Csv.Rows(
            ImportKind.Balances,
            Csv.File(ImportKind.Balances, $"A1,B1,1.00,{first}", $"A1,B2,1.00, {second} ")
        );
        Assert.Equal(
            days,
            string.Join(' ', rows.Select(row => ((CompareBalance)row.ToCommand(default)).AsOf.ToString("O")))
        );
    }

    [Fact]
    public void All_date_columns_of_a_file_tell_together()
    {
        var bill = (
            (ImportBill)
                Assert
                    .Single(
                        Csv.Rows(
                            ImportKind.Bills,
                            Csv.File(ImportKind.Bills, "B1,A1,1,1/8/2020,1/22/2020,2/5/2020,50.00,0.00,50.00")
                        )
                    )
                    .ToCommand(default)
        ).Bill;
        Assert.Equal(
            (new(2020, 1, 8), new(2020, 1, 22), new DateOnly(2020, 2, 5)),
            (bill.BillDate, bill.DueDate, bill.PenaltyDate)
        );
    }

    [Fact]
    public void Rows_that_contradict_each_other_tell_nothing()
    {
        var check = Csv.Check(
            ImportKind.Balances,
            Csv.File(ImportKind.Balances, "A1,B1,1.00,1/22/2020", "A1,B2,1.00,22/1/2020", "A1,B3,1.00,3/3/2020")
        );
        Assert.Equal([2, 3], check.Problems.Select(problem => problem.Line));
        Assert.All(
            check.Problems,
            problem =>
                Assert.StartsWith(
                    "Line 2 has the month first, line 3 the day first.",
                    problem.Advice,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void The_order_is_found_far_from_the_first_date_and_reading_goes_on_where_it_was()
    {
        var rows = Enumerable
            .Range(1, 20_000)
            .Select(number => $"A{number},B{number},1.00,5/6/2020")
            .Append("A0,B0,1.00,13/6/2020");
        var read = Csv.Rows(ImportKind.Balances, Csv.File(ImportKind.Balances, [.. rows]));
        Assert.Equal(
            (20_001, 20_000),
            (read.Count, read.Count(row => ((CompareBalance)row.ToCommand(default)).AsOf == new DateOnly(2020, 6, 5)))
        );
    }

    [Fact]
    public void Excels_number_of_a_day_is_named() =>
        Assert.StartsWith(
            "This is Excel's number of a day.",
            Csv.Problem(ImportKind.Payments, Csv.With(ImportKind.Payments, "received_on", "43852")).Advice,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_leap_day_is_a_date() =>
        Assert.True(Csv.Check(ImportKind.Payments, Csv.With(ImportKind.Payments, "received_on", "2020-02-29")).IsGood);

    [Fact]
    public void N42_a_bill_that_is_due_before_its_bill_date_is_refused() =>
        Assert.Equal(
            new ImportProblem(2, "due_date", "'2020-01-07'", "a date on or after bill_date"),
            Csv.Problem(ImportKind.Bills, Csv.With(ImportKind.Bills, "due_date", "2020-01-07"))
        );

    [Fact]
    public void A_penalty_before_the_due_date_is_refused() =>
        Assert.Equal(
            new ImportProblem(2, "penalty_date", "'2020-01-21'", "a date on or after due_date"),
            Csv.Problem(ImportKind.Bills, Csv.With(ImportKind.Bills, "penalty_date", "2020-01-21"))
        );
}
