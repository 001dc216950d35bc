using Autopay.Imports;

namespace Autopay.Tests.App.Imports;

/// <summary>Columns are found by name (N44).</summary>
public sealed class HeaderTests
{
    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_a_file_without_a_header_is_refused(ImportKind kind) => RefusedWhole(kind, Csv.GoodRow(kind) + "\n");

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_columns_are_read_in_any_order_and_letter_case_with_blanks_around_their_names(ImportKind kind)
    {
        var columns = kind.FileFormat.Header.Zip(Csv.GoodRow(kind).Split(',')).Reverse().ToList();
        var text =
            $"{string.Join(',', columns.Select(column => $" {column.First.ToUpperInvariant()} "))}\n"
            + $"{string.Join(',', columns.Select(column => column.Second))}\n";

        var (moved, usual) = (Csv.Rows(kind, text), Csv.Rows(kind, Csv.File(kind, Csv.GoodRow(kind))));

        Assert.Equal(usual.Select(Asked), moved.Select(Asked));
    }

    private static object Asked(ImportRow row) =>
        row.Total is { } total ? total(new Authority("", "", default)) : row.ToCommand(default);

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_an_extra_column_is_refused(ImportKind kind)
    {
        var number = kind.FileFormat.Columns.Count + 1;
        var problem = Csv.Problem(kind, $"{Csv.Header(kind)},note\n{Csv.GoodRow(kind)},x\n");
        Assert.Equal((1, "note", $"column {number}"), (problem.Line, problem.Column, problem.Found));
        Assert.StartsWith($"Column {number} is too many: note.", problem.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_a_missing_column_is_refused(ImportKind kind)
    {
        var problem = Csv.Problem(kind, string.Join(',', kind.FileFormat.Header.Skip(1)) + "\n");
        Assert.Equal(
            (1, kind.FileFormat.Columns[0].Name, "no such column"),
            (problem.Line, problem.Column, problem.Found)
        );
        Assert.Equal($"Column {kind.FileFormat.Columns[0].Name} is missing: add it.", problem.Advice);
    }

    [Fact]
    public void Every_column_that_is_too_many_or_missing_is_named() =>
        Assert.Equal(
            [
                "Column 2 is too many: clerk. Delete the column and save the file again.",
                "Column payment_id is missing: add it.",
                "Column received_on is missing: add it.",
            ],
            Csv.Check(ImportKind.Payments, "account_id,clerk,amount,channel\n")
                .Problems.Select(problem => problem.Advice)
        );

    [Theory]
    [InlineData("Account ID")]
    [InlineData("accountid")]
    [InlineData("Account-Id")]
    public void A_column_that_is_spelt_otherwise_says_how_to_name_it(string name) =>
        Assert.Equal(
            $"Column 2 is called {name}: rename it account_id.",
            Csv.Problem(ImportKind.PaymentReversals, $"payment_id,{name},reason\n").Advice
        );

    [Fact]
    public void A_column_that_is_there_twice_is_refused() =>
        Assert.Equal(
            "Columns 1 and 4 are both called Payment_Id: delete or rename one of them.",
            Csv.Problem(ImportKind.PaymentReversals, "payment_id,account_id,reason,Payment_Id\n").Advice
        );

    [Theory]
    [MemberData(nameof(Csv.Kinds), MemberType = typeof(Csv))]
    public void N44_a_file_of_any_other_kind_is_refused(ImportKind kind) =>
        Assert.All(
            Enum.GetValues<ImportKind>().Where(other => other != kind),
            other =>
            {
                var problem = RefusedWhole(kind, Csv.File(other, Csv.GoodRow(other)));
                Assert.Equal(
                    $"This looks like a file of {other.ToText()}: send it to /api/imports/{other.ToText()}.",
                    problem.Advice
                );
            }
        );

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\uFEFF")]
    [InlineData(",,,,,\n , \n")]
    public void N44_a_file_without_any_line_is_refused(string text)
    {
        var problem = Csv.Problem(ImportKind.Bills, text);
        Assert.Equal((1, ""), (problem.Line, problem.Column));
        Assert.Contains(Csv.Header(ImportKind.Bills), problem.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(";", "semicolons")]
    [InlineData("\t", "tabs")]
    public void Another_separator_is_refused_by_its_name(string separator, string called) =>
        Assert.StartsWith(
            $"This file is separated by {called}: save it in Excel as CSV UTF-8",
            Csv.Problem(
                ImportKind.Bills,
                Csv.File(ImportKind.Bills, Csv.GoodRow(ImportKind.Bills))
                    .Replace(",", separator, StringComparison.Ordinal)
            ).Advice,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_column_without_a_name_is_refused_only_where_it_says_something()
    {
        Assert.Single(Csv.Rows(ImportKind.PaymentReversals, "payment_id,,account_id,reason,\nP1, ,A1,bounced,\n"));
        var check = Csv.Check(
            ImportKind.PaymentReversals,
            "payment_id,,account_id,reason,\nP1,x,A1,bounced,\nP2,,A1,bounced,x\n"
        );
        Assert.Equal(
            [
                "Column 2 has no name in the header: delete the column, or name it.",
                "The row has more cells than the header: a value with a comma in it needs quotes around it.",
            ],
            check.Problems.Select(problem => problem.Advice)
        );
    }

    [Theory]
    [InlineData(ImportKind.Accounts, "account_id,cycle,autopay", "A1,1,off")]
    [InlineData(ImportKind.Payments, "payment_id,account_id,amount,channel,received_on", "P1,A1,1.00,cash,2020-01-24")]
    public void Columns_that_may_be_empty_may_be_left_out(ImportKind kind, string header, string row) =>
        Assert.Single(Csv.Rows(kind, $"{header}\n{row}\n"));

    [Fact]
    public void R39_the_columns_of_the_providers_ids_are_needed_as_soon_as_one_row_has_autopay_on()
    {
        var check = Csv.Check(
            ImportKind.Accounts,
            "account_id,cycle,autopay,payment_method_id\nA1,1,off,\nA2,1,on,\nA3,1,on,pm_3\n"
        );
        Assert.Equal(
            [
                (3, "provider_customer_id", "a column provider_customer_id, because autopay is on"),
                (3, "payment_method_id", "an id of 1 to 64 letters, digits, '.', '_', ':' or '-'"),
            ],
            check.Problems.Select(problem => (problem.Line, problem.Column, problem.Expected))
        );
    }

    private static ImportProblem RefusedWhole(ImportKind kind, string text)
    {
        var problem = Csv.Problem(kind, text);
        Assert.Equal((1, "", $"the header {Csv.Header(kind)}"), (problem.Line, problem.Column, problem.Expected));
        Assert.Contains(text[..10], problem.Found, StringComparison.Ordinal);
        return problem;
    }
}
