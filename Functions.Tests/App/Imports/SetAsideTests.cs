using System.Text;
using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>R40: rows that are readable but contradict the rules are handed out apart, and can be read again.</summary>
public sealed class SetAsideTests
{
    private static readonly DateOnly Today = new(2020, 2, 17);

    [Theory]
    [InlineData(
        ImportKind.Bills,
        "B2,A1,1,2020-01-08,2020-01-07,2020-01-29,50.00,-5.00,45.00",
        "due_date: found '2020-01-07', expected a date on or after bill_date"
    )]
    [InlineData(
        ImportKind.Bills,
        "B2,A1,1,1/8/2020,1/22/2020,1/21/2020,50,-5,45",
        "penalty_date: found '1/21/2020', expected a date on or after due_date"
    )]
    [InlineData(
        ImportKind.Bills,
        "B2,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,-5.00,45.01",
        "total_due: found '45.01', expected current_charges + previous_balance, which is 45.00"
    )]
    [InlineData(
        ImportKind.Payments,
        "P2,A1,0,cash,D1,2020-01-24,B1",
        "amount: found '0', expected an amount above zero"
    )]
    [InlineData(
        ImportKind.Payments,
        "P2,A1,-12.50,cash,D1,2020-01-24,B1",
        "amount: found '-12.50', expected an amount above zero"
    )]
    [InlineData(
        ImportKind.Payments,
        "P2,A1,12.50,cash,D1,2020-02-18,B1",
        "received_on: found '2020-02-18', expected a date that is not after today"
    )]
    [InlineData(
        ImportKind.Penalties,
        "F2,A1,B1,5.00,2020-01-30,2020-02-18",
        "reversed_on: found '2020-02-18', expected a date that is not after today"
    )]
    [InlineData(
        ImportKind.BillAdjustments,
        "J2,A1,B1,0.00,leak",
        "amount: found '0.00', expected an amount that is not zero"
    )]
    [InlineData(
        ImportKind.PaymentReversals,
        "P1,A1,once more",
        "payment_id: found 'P1', expected an id that the file does not repeat"
    )]
    public void R40_a_row_that_contradicts_the_rules_is_set_aside_and_the_others_are_taken(
        ImportKind kind,
        string row,
        string reason
    )
    {
        var (check, taken, aside) = Read(kind, Csv.GoodRow(kind), row);

        Assert.Empty(check.Problems);
        Assert.Equal([2], taken.Select(it => it.Line));
        var (kept, why) = Assert.Single(aside);
        Assert.Equal((3, reason), (kept.Line, why));
        Assert.Equal(
            (2, 1, taken[0].Cents + kept.Cents, kept.Cents),
            (check.Rows, check.SetAside, check.Total, check.SetAsideTotal)
        );
        Assert.Equal(kept.ToCommand(default), RowContent.Of(kept).ToCommand(default));
    }

    [Theory]
    [InlineData(ImportKind.Bills, "B2,A1,1,2020-01-08,soon,2020-01-29,50.00,-5.00,45.01", "due_date")]
    [InlineData(ImportKind.Payments, "P2,A1,0.001,cash,D1,2020-02-18,B1", "amount")]
    [InlineData(ImportKind.Payments, "TOTAL,,12.50,,,,", "")]
    public void R40_a_row_that_cannot_be_read_still_refuses_the_file(ImportKind kind, string row, string column)
    {
        var (check, _, aside) = Read(kind, Csv.GoodRow(kind), row);
        Assert.Equal((3, column), (Assert.Single(check.Problems).Line, check.Problems[0].Column));
        Assert.Empty(aside);
    }

    [Fact]
    public void R40_an_id_that_a_row_set_aside_has_is_repeated_too()
    {
        var (_, taken, aside) = Read(
            ImportKind.Payments,
            "P1,A1,0.00,cash,D1,2020-01-24,",
            "P1,A1,5.00,cash,D1,2020-01-24,"
        );
        Assert.Empty(taken);
        Assert.Equal([2, 3], aside.Select(it => it.Row.Line));
    }

    [Fact]
    public void Control_totals_say_what_adds_and_what_takes()
    {
        var check = Csv.Check(
            ImportKind.BillAdjustments,
            Csv.File(ImportKind.BillAdjustments, "J1,A1,B1,-15.00,x", "J2,A1,B1,2.50,x", "J3,A2,B1,0.01,x")
        );
        Assert.Equal(
            (-12_49L, 2_51L, -15_00L, null),
            (check.Total.Cents, check.Adds.Cents, check.Takes.Cents, check.Payments)
        );
    }

    [Fact]
    public void Reversals_are_counted_by_rows_and_by_payments()
    {
        var check = Csv.Check(
            ImportKind.PaymentReversals,
            Csv.File(ImportKind.PaymentReversals, "P1,A1,x", "P1,A2,x", "P2,A1,x")
        );
        Assert.Equal((3, 2, 0L), (check.Rows, check.Payments, check.Total.Cents));
    }

    private static (ImportCheck Check, List<ImportRow> Taken, List<(ImportRow Row, string Why)> Aside) Read(
        ImportKind kind,
        params string[] rows
    )
    {
        List<ImportRow> taken = [];
        List<(ImportRow, string)> aside = [];
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Csv.File(kind, rows)));
        return (
            ImportReader.Read(
                kind,
                file,
                taken.Add,
                new ImportRules { SetAside = (row, why) => aside.Add((row, why)), Today = Today }
            ),
            taken,
            aside
        );
    }
}
