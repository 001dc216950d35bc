using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>Money is dollars, spelt in no way that could mean another amount (N41).</summary>
public sealed class MoneyFieldTests
{
    public static readonly string[] NeverMoney =
    [
        "1e3",
        "\"1,000\"",
        "\"1,000.0\"",
        "\"10,00.00\"",
        "\"1000,000.00\"",
        "0.001",
        "NaN",
        "Infinity",
        "9999999999999",
        "99999999.99",
        "12345678901234567890.00",
        "=1+1",
        "٣.٥٠",
        "１２.５０",
        "5.",
        ".50",
        "+5.00",
        "$ 5.00",
        "$-5.00",
        "\"5,00\"",
        "\"99,999,999.99\"",
        "(5.00)",
        "5.00-",
        "--5.00",
        "1_000.00",
        "0x10",
        "1 000.00",
        "-",
        "\"\"",
    ];

    private static readonly (ImportKind Kind, string Column)[] Signed =
    [
        (ImportKind.Bills, "current_charges"),
        (ImportKind.Bills, "previous_balance"),
        (ImportKind.Bills, "total_due"),
        (ImportKind.BillAdjustments, "amount"),
        (ImportKind.Balances, "open_amount"),
    ];

    private static readonly (ImportKind Kind, string Column)[] Unsigned =
    [
        (ImportKind.Payments, "amount"),
        (ImportKind.Penalties, "amount"),
        (ImportKind.Accounts, "max_debit"),
    ];

    public static TheoryData<string> Spellings => [.. NeverMoney];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void N41_a_spelling_that_is_not_dollars_with_two_places_is_refused(string spelling)
    {
        var shown = spelling.Trim('"');
        var columns = Signed.Concat(Unsigned).Where(column => shown.Length > 0 || column.Column != "max_debit");
        Assert.All(
            columns,
            column =>
            {
                var problem = Csv.Problem(column.Kind, Csv.With(column.Kind, column.Column, spelling));
                Assert.Equal((2, column.Column), (problem.Line, problem.Column));
                Assert.Equal(shown.Length == 0 ? "nothing" : $"'{shown}'", problem.Found);
                Assert.Contains("dollars with two places", problem.Expected, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData("41", 41_00)]
    [InlineData("41.2", 41_20)]
    [InlineData("$41.20", 41_20)]
    [InlineData(" 41.20\u00a0", 41_20)]
    [InlineData("\"1,234.50\"", 1_234_50)]
    [InlineData("\"$1,234,567.89\"", 1_234_567_89)]
    [InlineData("0041.20", 41_20)]
    public void What_can_mean_one_amount_only_is_taken(string spelling, long cents) =>
        Assert.Equal(
            cents,
            Csv.Check(ImportKind.Payments, Csv.With(ImportKind.Payments, "amount", spelling)).Total.Cents
        );

    [Theory]
    [InlineData("-$41.2", -41_20)]
    [InlineData("-7", -7_00)]
    public void So_is_what_is_below_zero_where_it_may_be(string spelling, long cents) =>
        Assert.Equal(
            cents,
            Csv.Check(ImportKind.BillAdjustments, Csv.With(ImportKind.BillAdjustments, "amount", spelling)).Total.Cents
        );

    [Theory]
    [InlineData("\"41,20\"", "Cents come after a point: write 41.20.")]
    [InlineData("\"1,234\"", "1,234 is not clear: write it without commas and with two places, such as 1234.00.")]
    [InlineData("(5.00)", "An amount below zero has a minus before it: write -5.00, not (5.00).")]
    [InlineData(
        "1.2E+3",
        "Excel shortened this number: format its column as Number with two places, "
            + "make it wider, and save the file again."
    )]
    [InlineData(
        "#####",
        "Excel shortened this number: format its column as Number with two places, "
            + "make it wider, and save the file again."
    )]
    [InlineData("five", null)]
    public void What_is_not_clear_says_what_to_write(string spelling, string? advice) =>
        Assert.Equal(
            advice,
            Csv.Problem(ImportKind.Payments, Csv.With(ImportKind.Payments, "amount", spelling)).Advice
        );

    [Fact]
    public void N41_payments_and_caps_below_zero_are_refused()
    {
        var payment = Csv.Problem(ImportKind.Payments, Csv.With(ImportKind.Payments, "amount", "-5.00"));
        Assert.Equal(new ImportProblem(2, "amount", "'-5.00'", "an amount above zero"), payment);
        var cap = Csv.Problem(ImportKind.Accounts, Csv.With(ImportKind.Accounts, "max_debit", "-5.00"));
        Assert.Equal((2, "max_debit", "'-5.00'"), (cap.Line, cap.Column, cap.Found));
        Assert.StartsWith("non-negative dollars", cap.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void N41_a_payment_of_nothing_is_refused() =>
        Assert.Equal(
            new ImportProblem(2, "amount", "'0.00'", "an amount above zero"),
            Csv.Problem(ImportKind.Payments, Csv.With(ImportKind.Payments, "amount", "0.00"))
        );

    [Fact]
    public void An_adjustment_of_nothing_is_refused() =>
        Assert.Equal(
            new ImportProblem(2, "amount", "'0.00'", "an amount that is not zero"),
            Csv.Problem(ImportKind.BillAdjustments, Csv.With(ImportKind.BillAdjustments, "amount", "0.00"))
        );

    [Fact]
    public void A_total_due_that_does_not_add_up_is_refused_and_says_what_it_should_be() =>
        Assert.Equal(
            new ImportProblem(2, "total_due", "'45.01'", "current_charges + previous_balance, which is 45.00"),
            Csv.Problem(ImportKind.Bills, Csv.With(ImportKind.Bills, "total_due", "45.01"))
        );

    [Fact]
    public void The_largest_amount_is_read() =>
        Assert.Equal(
            new Money(9_999_999_99),
            Csv.Check(ImportKind.Payments, Csv.With(ImportKind.Payments, "amount", "9999999.99")).Total
        );

    [Fact]
    public void N41_one_bad_amount_refuses_the_whole_file_and_the_other_rows_are_still_checked()
    {
        var check = Csv.Check(
            ImportKind.Payments,
            Csv.File(
                ImportKind.Payments,
                "P1,A1,1e3,cash,,2020-01-24,",
                "P2,A1,5.00,cash,,2020-01-24,",
                "P3,A1,NaN,coins,,soon,"
            )
        );
        Assert.False(check.IsGood);
        Assert.Equal(
            [(2, "amount"), (4, "amount"), (4, "channel"), (4, "received_on")],
            check.Problems.Select(problem => (problem.Line, problem.Column))
        );
    }
}
