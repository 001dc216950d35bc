using Autopay.Application.Notifying;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Notifying;

/// <summary>What notices say, to the cent and in both languages.</summary>
public sealed class NoticeTextTests
{
    private static readonly NoticeSender City = new("City of Example", "");

    private static NoticeText TextOf(string? language, NoticeKind kind = NoticeKind.Change)
    {
        var account = GivenAnAccount(policies: new Policies { NoticeClock = NoticeClockMode.Enforce });
        account
            .Do(new Enrol(account.Ledger.Enrolled with { Language = language }, account.Now))
            .WhenABillIsImported("jan", 100_000);
        if (kind == NoticeKind.NotCollected)
        {
            account.WhenTheRunComesFor("jan").TheBankSaysNo("R01");
        }
        else
        {
            account.WhenABillIsAdjusted("jan", 675);
        }

        var debit = account.Debit(1);
        var content = NoticeContent.Of(account.Ledger, debit, kind, account.Controls, account.Now.Today)!;
        return NoticeText.Of(account.Ledger, content, City);
    }

    [Fact]
    public void A_changed_amount_is_told_in_English() =>
        Assert.Equal(
            """
            Account 10-0001

            We will collect up to $1,006.75 by automatic payment, on Thursday, January 23, 2020 or soon after. This differs from what you were told before.

            Bill jan, due Wednesday, January 22, 2020: $1,006.75

            If you have questions, or want to stop this payment, call the utility billing office.

            """.ReplaceLineEndings("\n"),
            TextOf("en").Body
        );

    [Fact]
    public void What_the_bank_took_back_is_told_as_that()
    {
        var account = GivenAnAccount();
        account
            .Do(new Enrol(account.Ledger.Enrolled with { Language = "es" }, account.Now))
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysYes()
            .On("2020-02-03")
            .MoneyComesBack(1, 5_000, code: "R01");
        var (ledger, controls) = (account.Ledger, account.Controls);
        var content = NoticeContent.Of(ledger, account.Debit(1), NoticeKind.NotCollected, controls, account.Now.Today)!;
        Assert.Contains(
            "Su banco devolvió el pago automático de $50.00. Nos lo informó el lunes 3 de febrero de 2020.",
            NoticeText.Of(ledger, content, City).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_same_in_Spanish()
    {
        var text = TextOf("es");
        Assert.Equal("City of Example: su pago automático a partir del jueves 23 de enero de 2020", text.Subject);
        Assert.Contains(
            "hasta $1,006.75 por pago automático, el jueves 23 de enero",
            text.Body,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("payment", text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_language_is_not_known_reads_both()
    {
        var text = TextOf(null);
        Assert.Contains("up to $1,006.75", text.Body, StringComparison.Ordinal);
        Assert.Contains("hasta $1,006.75", text.Body, StringComparison.Ordinal);
        Assert.Contains(" / ", text.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_bank_said_no_reads_when_it_is_asked_again() =>
        Assert.Contains(
            "We will ask your bank again for the $1,000.00 that is open, on",
            TextOf("en", NoticeKind.NotCollected).Body,
            StringComparison.Ordinal
        );
}
