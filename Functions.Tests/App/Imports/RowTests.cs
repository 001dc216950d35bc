using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>Ids, choices, texts, quoting and repeats.</summary>
public sealed class RowTests
{
    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void A_repeated_row_is_refused_in_its_own_line(ImportKind kind)
    {
        var problem = Csv.Problem(kind, Csv.File(kind, Csv.GoodRow(kind), Csv.GoodRow(kind)));
        var column = kind.FileFormat.IdColumn;
        Assert.Equal(
            (3, column, "an id that the file does not repeat"),
            (problem.Line, problem.Column, problem.Expected)
        );
    }

    [Fact]
    public void A_repeated_bill_number_is_refused_whatever_else_the_row_says()
    {
        var problem = Csv.Problem(
            ImportKind.Bills,
            Csv.File(
                ImportKind.Bills,
                Csv.GoodRow(ImportKind.Bills),
                "B1,A1,2,2020-02-05,2020-02-19,2020-02-26,9.00,0.00,9.00"
            )
        );
        Assert.Equal(new ImportProblem(3, "bill_id", "'B1'", "an id that the file does not repeat"), problem);
    }

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void A_row_with_cells_too_few_or_too_many_is_refused(ImportKind kind)
    {
        var count = kind.FileFormat.Columns.Count;
        var check = Csv.Check(
            kind,
            Csv.File(kind, Csv.GoodRow(kind) + ",x", Csv.GoodRow(kind)[..Csv.GoodRow(kind).IndexOf(',')])
        );
        Assert.Equal(
            [(2, "", $"{count + 1} columns", $"{count} columns"), (3, "", "1 columns", $"{count} columns")],
            check.Problems.Select(it => (it.Line, it.Column, it.Found, it.Expected))
        );
        Assert.All(check.Problems, problem => Assert.NotNull(problem.Advice));
    }

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void Empty_cells_beyond_the_header_and_empty_rows_are_passed_over(ImportKind kind)
    {
        var blank = new string(',', kind.FileFormat.Columns.Count - 1);
        var row = Assert.Single(
            Csv.Rows(kind, Csv.File(kind, blank, $" {blank}, ", "", ",", Csv.GoodRow(kind) + ",, ,", blank + ",,"))
        );
        Assert.Equal(6, row.Line);
    }

    [Fact]
    public void Empty_cells_at_the_end_may_be_absent_but_not_where_the_file_may_have_been_cut()
    {
        var rows = Csv.File(ImportKind.Payments, "P1,A1,12.50,cash,D1,2020-01-24", "P2,A1,12.50,cash,D1,2020-01-24");
        Assert.Equal(2, Csv.Rows(ImportKind.Payments, rows).Count);
        var problems = Csv.Check(ImportKind.Payments, rows.TrimEnd()).Problems;
        Assert.All(problems, problem => Assert.Equal("6 columns", problem.Found));
        Assert.NotEmpty(problems);
    }

    [Theory]
    [InlineData("TOTAL,,12.50,,,,")]
    [InlineData(",,,,Grand total:,12.50,")]
    [InlineData("R9,Totals,12.50,cash,,,")]
    [InlineData("Sum of payments,,12.50,,,,")]
    [InlineData(",,$12.50,,,,")]
    public void A_row_with_the_total_is_refused_by_that_name(string row)
    {
        var problem = Csv.Problem(
            ImportKind.Payments,
            Csv.File(ImportKind.Payments, Csv.GoodRow(ImportKind.Payments), row)
        );
        Assert.Equal((3, "This looks like a total row: delete it."), (problem.Line, problem.Advice));
    }

    [Theory]
    [InlineData("P1,A1,total loss of the meter")]
    [InlineData("TOTAL-1,A1,bounced")]
    public void A_row_of_an_account_is_no_total(string row) =>
        Assert.Single(Csv.Rows(ImportKind.PaymentReversals, Csv.File(ImportKind.PaymentReversals, row)));

    [Fact]
    public void Blanks_around_an_id_are_no_part_of_it() =>
        Assert.Equal(
            "P1 A1",
            string.Join(
                ' ',
                Csv.Rows(ImportKind.PaymentReversals, Csv.File(ImportKind.PaymentReversals, " P1 ,\u00a0A1\t,bounced"))
                    .Select(row => $"{row.Id} {row.Account}")
            )
        );

    [Theory]
    [InlineData(ImportKind.Accounts, "autopay", "ON")]
    [InlineData(ImportKind.Accounts, "autopay", "On")]
    [InlineData(ImportKind.Payments, "channel", "Cash")]
    public void A_word_is_taken_without_letter_case(ImportKind kind, string column, string value) =>
        Assert.Equal(
            Csv.Rows(kind, Csv.File(kind, Csv.GoodRow(kind)))[0].ToCommand(default),
            Csv.Rows(kind, Csv.With(kind, column, value))[0].ToCommand(default)
        );

    [Theory]
    [InlineData(ImportKind.Accounts, "autopay", "Y", "Write on instead of Y.")]
    [InlineData(ImportKind.Accounts, "autopay", "false", "Write off instead of false.")]
    [InlineData(ImportKind.Payments, "channel", "Money Order", "Write check instead of Money Order.")]
    [InlineData(ImportKind.Payments, "channel", "yes", null)]
    [InlineData(
        ImportKind.Payments,
        "account_id",
        "1.23E+05",
        "Excel shortened this id: format its column as Text before the ids are entered, and save the file again."
    )]
    public void A_word_of_another_system_says_what_to_write_instead(
        ImportKind kind,
        string column,
        string value,
        string? advice
    ) => Assert.Equal(advice, Csv.Problem(kind, Csv.With(kind, column, value)).Advice);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a|b")]
    [InlineData("a%2fb")]
    [InlineData("=cmd")]
    [InlineData("é")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\r\nb\"")]
    public void An_id_of_other_letters_is_refused(string id) =>
        Assert.All(
            Ids,
            column =>
            {
                var problem = Csv.Check(column.Kind, Csv.With(column.Kind, column.Column, id)).Problems[0];
                Assert.Equal((2, column.Column), (problem.Line, problem.Column));
                Assert.StartsWith("an id of 1 to 64 letters", problem.Expected, StringComparison.Ordinal);
            }
        );

    [Fact]
    public void An_id_has_at_most_64_letters()
    {
        Assert.True(Csv.Check(ImportKind.Bills, Csv.With(ImportKind.Bills, "bill_id", new string('b', 64))).IsGood);
        var problem = Csv.Problem(ImportKind.Bills, Csv.With(ImportKind.Bills, "bill_id", new string('b', 65)));
        Assert.Equal($"'{new string('b', 60)}...'", problem.Found);
    }

    [Theory]
    [InlineData(ImportKind.Accounts, "cycle", "0", "a cycle number from 1 to 99")]
    [InlineData(ImportKind.Accounts, "cycle", "01", "a cycle number from 1 to 99")]
    [InlineData(ImportKind.Bills, "cycle", "100", "a cycle number from 1 to 99")]
    [InlineData(ImportKind.Bills, "cycle", "one", "a cycle number from 1 to 99")]
    [InlineData(ImportKind.Accounts, "autopay", "maybe", "one of on, off")]
    [InlineData(ImportKind.Accounts, "autopay", "", "one of on, off")]
    [InlineData(ImportKind.Payments, "channel", "Cash!", "one of cash, check, card, online")]
    [InlineData(ImportKind.PaymentReversals, "reason", "", "some text")]
    [InlineData(ImportKind.BillAdjustments, "reason", "\"a\tb\"", "text without control characters")]
    public void A_value_out_of_its_range_is_refused(ImportKind kind, string column, string value, string expected)
    {
        var problem = Csv.Problem(kind, Csv.With(kind, column, value));
        Assert.Equal((2, column, expected), (problem.Line, problem.Column, problem.Expected));
    }

    [Fact]
    public void A_long_text_is_refused_by_its_length()
    {
        Assert.Equal(
            "at most 512 characters",
            Csv.Problem(
                ImportKind.PaymentReversals,
                Csv.With(ImportKind.PaymentReversals, "reason", new string('x', 513))
            ).Expected
        );
        var problem = Csv.Problem(
            ImportKind.PaymentReversals,
            Csv.With(ImportKind.PaymentReversals, "reason", new string('x', 2049))
        );
        Assert.Equal(new ImportProblem(2, "reason", "2049 characters", "at most 2048 characters"), problem);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_found_in_the_line_where_it_opens()
    {
        var check = Csv.Check(
            ImportKind.PaymentReversals,
            Csv.File(ImportKind.PaymentReversals, "P1,A1,fine", "P2,A1,\"bounced", "P3,A1,fine")
        );
        Assert.False(check.IsGood);
        Assert.Equal((3, "a stray quote"), (check.Problems[0].Line, check.Problems[0].Found));
    }

    [Theory]
    [InlineData("P1,A1,boun\"ced")]
    [InlineData("P1,A1,\"boun\"ced")]
    [InlineData("P1,A1,\"bounced\" ")]
    public void A_quote_inside_a_field_is_refused(string row) =>
        Assert.Contains(
            Csv.Check(ImportKind.PaymentReversals, Csv.File(ImportKind.PaymentReversals, row)).Problems,
            problem => problem is { Line: 2, Found: "a stray quote" }
        );

    [Fact]
    public void A_line_break_inside_quotes_is_refused_and_later_lines_keep_their_numbers()
    {
        var check = Csv.Check(
            ImportKind.PaymentReversals,
            Csv.File(ImportKind.PaymentReversals, "P1,A1,\"two\nlines\"", "P2,A1,")
        );
        Assert.Equal([(2, "reason"), (4, "reason")], check.Problems.Select(problem => (problem.Line, problem.Column)));
    }

    [Fact]
    public void A_problem_reads_as_a_sentence() =>
        Assert.Equal(
            "line 2, channel: found 'shells', expected one of cash, check, card, online",
            Csv.Problem(ImportKind.Payments, Csv.With(ImportKind.Payments, "channel", "shells")).ToString()
        );

    private static readonly (ImportKind Kind, string Column)[] Ids =
    [
        (ImportKind.Accounts, "account_id"),
        (ImportKind.Accounts, "provider_customer_id"),
        (ImportKind.Accounts, "payment_method_id"),
        (ImportKind.Bills, "bill_id"),
        (ImportKind.Bills, "account_id"),
        (ImportKind.Payments, "payment_id"),
        (ImportKind.PaymentReversals, "payment_id"),
        (ImportKind.BillAdjustments, "adjustment_id"),
        (ImportKind.BillAdjustments, "bill_id"),
        (ImportKind.Balances, "bill_id"),
    ];
}
