using Autopay.Imports;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Imports;

/// <summary>How a customer is written to, and until when the card is good (R44).</summary>
public sealed class LanguageAndCardTests
{
    [Theory]
    [InlineData("es", "es")]
    [InlineData("EN", "en")]
    [InlineData("", null)]
    public void A_language_is_known_or_both_are_used(string text, string? language) =>
        Assert.Equal(language, Read("language", text).Language);

    [Theory]
    [InlineData("2028-02", "2028-02-29")]
    [InlineData("2026-12", "2026-12-31")]
    public void A_card_is_good_to_the_end_of_its_month(string text, string lastDay) =>
        Assert.Equal(AccountScenario.Day(lastDay), Read("card_expires", text).CardExpires);

    [Theory]
    [InlineData("language", "fr")]
    [InlineData("card_expires", "12/26")]
    [InlineData("card_expires", "2026-13")]
    public void What_cannot_be_read_is_said(string column, string text) =>
        Assert.Equal(column, Csv.Problem(ImportKind.Accounts, Csv.With(ImportKind.Accounts, column, text)).Column);

    [Fact]
    public void A_file_without_the_columns_leaves_what_is_known()
    {
        var row = Csv.Rows(
                ImportKind.Accounts,
                "account_id,cycle,autopay,provider_customer_id,payment_method_id\nA1,1,on,cus_1,pm_1\n"
            )
            .Single();
        Assert.True(
            ((Enrol)row.ToCommand(default)).Unsaid.HasFlag(EnrolmentParts.Language | EnrolmentParts.CardExpires)
        );
    }

    private static Enrolment Read(string column, string text) =>
        (
            (Enrol)
                Csv.Rows(ImportKind.Accounts, Csv.With(ImportKind.Accounts, column, text)).Single().ToCommand(default)
        ).Enrolment;
}
