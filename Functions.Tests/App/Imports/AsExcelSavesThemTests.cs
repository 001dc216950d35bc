using Autopay.Imports;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.Imports;

/// <summary>
/// Files of counter payments as spreadsheets save them: what is clear is taken, and what is refused says what to do.
/// </summary>
public sealed class AsExcelSavesThemTests
{
    private const string Folder = "Functions.Tests/App/Imports/AsExcelSavesThem";
    private static readonly Moment Now = new(
        new DateTimeOffset(2026, 6, 15, 17, 0, 0, TimeSpan.Zero),
        new DateOnly(2026, 6, 15),
        new TimeOnly(12, 0)
    );

    [Theory]
    [InlineData("channel-Cash", 60_00, "2026-06-12")]
    [InlineData("comma-rows", 1_234_50, "2026-06-12")]
    [InlineData("dollar-and-comma", 1_234_50, "2026-06-12")]
    [InlineData("header-in-capitals", 1_234_50, "2026-06-12")]
    [InlineData("header-other-order", 1_00, "2026-06-12")]
    [InlineData("header-without-the-optional-bill_id", 1_00, "2026-06-12")]
    [InlineData("trailing-comma", 1_234_50, "2026-06-12")]
    [InlineData("two-places-and-date-lost", 41_20, "2026-01-22")]
    public void What_is_clear_is_taken(string name, long cents, string day)
    {
        List<ImportRow> rows = [];
        var check = Read(ImportKind.Payments, name, rows);

        Assert.Empty(check.Problems);
        Assert.Equal((1, cents), (check.Rows, check.Total.Cents));
        var payment = Assert.Single(rows).Payment!(Now);
        Assert.Equal(
            ("R1", cents, day, "W1", null),
            (
                payment.Id.Value,
                payment.Amount.Cents,
                payment.ReceivedOn.ToString("O"),
                payment.Drawer,
                payment.NamedBill
            )
        );
    }

    [Theory]
    [InlineData(
        "channel-money-order",
        "line 2, channel: found 'money order', expected one of cash, check, card, "
            + "online. Write check instead of money order."
    )]
    [InlineData(
        "header-extra-column",
        "line 1, clerk: found column 8, expected only the columns "
            + "payment_id,account_id,amount,channel,drawer,received_on,bill_id. "
            + "Column 8 is too many: clerk. Delete the column and save the file again."
    )]
    [InlineData(
        "semicolons",
        "line 1: found 'payment_id;account_id;amount;channel;drawer;received_on;bill...', "
            + "expected the header payment_id,account_id,amount,channel,drawer,received_on,bill_id. This file is "
            + "separated by semicolons: save it in Excel as "
            + "CSV UTF-8 (Comma delimited), with a comma as the list separator in the regional settings of Windows."
    )]
    [InlineData(
        "total-row",
        "line 3: found 'TOTAL,,1234.50,,,,', expected a row of its own account. This looks like a total row: delete it."
    )]
    [InlineData(
        "us-date",
        "line 2, received_on: found '06/12/2026', expected a date as YYYY-MM-DD, from 2000 to 2099. It can be "
            + "June 12 or December 6, and no other date "
            + "of the file tells which. In Excel, format the date columns as yyyy-mm-dd (Format Cells, Custom) "
            + "and save the file again."
    )]
    [InlineData(
        "utf-16",
        "line 1: found text in UTF-16, expected text in UTF-8. This file is UTF-16 (Excel: Unicode Text): save it "
            + "as CSV UTF-8 (Comma delimited)."
    )]
    [InlineData(
        "windows-1252",
        @"line 2, drawer: found 'Caf\uffff', expected text in UTF-8 without NUL. This is not UTF-8 (Excel's plain CSV is Windows-1252): "
            + "save it in Excel as CSV UTF-8 (Comma delimited)."
    )]
    public void What_is_not_is_refused_in_words_that_say_what_to_do(string name, string problem) =>
        Assert.Equal(problem, Assert.Single(Read(ImportKind.Payments, name).Problems).ToString());

    [Fact]
    public void Every_file_has_its_answer() =>
        Assert.Equal(
            Directory
                .GetFiles(Path.Combine(SourceTree.Root, Folder))
                .Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Order(StringComparer.Ordinal),
            (
                (string[])
                    [
                        "accounts-off",
                        "channel-Cash",
                        "channel-money-order",
                        "comma-rows",
                        "dollar-and-comma",
                        "header-extra-column",
                        "header-in-capitals",
                        "header-other-order",
                        "header-without-the-optional-bill_id",
                        "semicolons",
                        "total-row",
                        "trailing-comma",
                        "two-places-and-date-lost",
                        "us-date",
                        "utf-16",
                        "windows-1252",
                    ]
            ).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void R39_a_customer_off_autopay_needs_no_ids_of_the_provider()
    {
        List<ImportRow> rows = [];
        Assert.Empty(Read(ImportKind.Accounts, "accounts-off", rows).Problems);
        var enrolment = Assert.IsType<Enrol>(Assert.Single(rows).ToCommand(Now)).Enrolment;
        Assert.Equal(
            (false, "", "", false),
            (enrolment.Autopay, enrolment.Customer, enrolment.PaymentMethod, enrolment.CanBeCharged)
        );
    }

    private static ImportCheck Read(ImportKind kind, string name, List<ImportRow>? rows = null)
    {
        using var file = File.OpenRead(Path.Combine(SourceTree.Root, Folder, $"{name}.csv"));
        return ImportReader.Read(kind, file, rows is null ? null : rows.Add, new ImportRules { Today = Now.Today });
    }
}
