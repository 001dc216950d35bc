using Autopay.Application.Notifying;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Notifying;

/// <summary>What to do after a "no": nobody pays what is paid, or what is debited anyway (R17, R18, R44).</summary>
public sealed class NotCollectedTests
{
    private static readonly NoticeSender City = new("City of Example", "");

    // 100.00, due on Jan 22; the bank's "no" of Jan 28 is repeated on Feb 4.
    private static AccountScenario GivenANo(string code = "R01") =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 10_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo(code);

    private static NoticeContent? ContentOf(AccountScenario account) =>
        NoticeContent.Of(
            account.Ledger,
            account.Debit(1),
            NoticeKind.NotCollected,
            account.Controls,
            account.Now.Today
        );

    private static void ThenItSays(AccountScenario account, string english, string spanish)
    {
        Assert.Contains(english, BodyIn(account, "en"), StringComparison.Ordinal);
        Assert.Contains(spanish, BodyIn(account, "es"), StringComparison.Ordinal);
    }

    private static string BodyIn(AccountScenario account, string language)
    {
        account.Do(new Enrol(account.Ledger.Enrolled with { Language = language }, account.Now));
        return NoticeText.Of(account.Ledger, ContentOf(account)!, City).Body;
    }

    [Fact]
    public void R44_What_is_asked_again_names_its_day() =>
        ThenItSays(
            GivenANo(),
            "We will ask your bank again for the $100.00 that is open, on Tuesday, February 4, 2020",
            "Volveremos a pedir a su banco los $100.00 pendientes el martes 4 de febrero de 2020"
        );

    [Fact]
    public void R44_What_was_paid_in_part_names_the_new_debit_and_what_is_open()
    {
        var account = GivenANo().WhenAPaymentIsPosted("p", 7_000, "jan");
        Assert.Equal(DebitState.Superseded, account.Debit(1).State);
        ThenItSays(
            account,
            "$30.00 is open now. A new debit of $30.00 leaves on Tuesday, February 4, 2020",
            "Un nuevo débito de $30.00 se enviará el martes 4 de febrero de 2020"
        );
        Assert.DoesNotContain("Please pay", BodyIn(account, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void R44_What_is_on_hold_is_not_to_be_paid_now()
    {
        var account = GivenANo().WhenFinanceHolds("jan");
        ThenItSays(account, "$100.00 is open now, and it is on hold", "Quedan pendientes $100.00, y están en pausa");
        Assert.DoesNotContain("Please pay", BodyIn(account, "en"), StringComparison.Ordinal);
        ThenItSays(GivenANo().WhenFinanceHalts(), "it is on hold", "en pausa");
    }

    [Fact]
    public void R44_What_is_not_asked_again_is_to_be_paid()
    {
        const string English =
            "We will not ask your bank again for the $100.00 that is open now. Please pay another way";
        const string Spanish = "No volveremos a pedir a su banco los $100.00 que quedan pendientes";
        ThenItSays(GivenANo("R08"), English, Spanish);
        ThenItSays(GivenANo("R02"), English, Spanish);
        ThenItSays(GivenANo().WhenAutopayGoesOff(), English, Spanish);
    }

    [Fact]
    public void R44_What_was_paid_meanwhile_is_told_nobody()
    {
        var account = GivenAnAccount(policies: new Policies { TellNotCollected = true });
        account
            .Do(new Enrol(account.Ledger.Enrolled with { Email = "kim@customer.example" }, account.Now))
            .WhenABillIsImported("jan", 10_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01");
        Assert.Equal(NoticeState.Waiting, account.Debit(1).Notices.Single().State);
        account.WhenAPaymentIsPosted("p", 10_000, "jan");
        Assert.Equal(NoticeState.Dropped, account.Debit(1).Notices.Single().State);
        Assert.Null(ContentOf(account));
    }

    [Fact]
    public void R44_A_letter_has_the_sentences_of_the_e_mail_with_the_day_of_the_retry() =>
        Assert.Equal(
            "Your bank did not make the automatic payment of $100.00. It told us on Tuesday, January 28, 2020. We will "
                + "ask your bank again for the $100.00 that is open, on Tuesday, February 4, 2020, unless you pay "
                + "another way before then.",
            NoticeText.OfLetter(GivenANo().Ledger, ContentOf(GivenANo())!)
        );

    [Fact]
    public void R44_A_letter_names_the_day_on_which_the_card_expires()
    {
        var account = GivenAnAccount().WhenABillIsImported("jan", 10_000);
        account.Do(new Enrol(account.Ledger.Enrolled with { CardExpires = Day("2020-01-15") }, account.Now));
        var kind = NoticeKind.CardExpires;
        var content = NoticeContent.Of(account.Ledger, account.Debit(1), kind, account.Controls, account.Now.Today)!;
        Assert.StartsWith(
            "Your card expires on Wednesday, January 15, 2020, before the automatic payment of $100.00 on Wednesday, "
                + "January 22, 2020.",
            NoticeText.OfLetter(account.Ledger, content),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void R45_A_reminder_names_the_parts_and_their_days_before_the_debit_is_split()
    {
        var account = GivenAnAccount(cap: 7_000, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .On("2020-02-16");
        var kind = NoticeKind.Reminder;
        var content = NoticeContent.Of(account.Ledger, account.Debit(2), kind, account.Controls, account.Now.Today)!;
        Assert.Equal(5_501, content.Amount.Cents);
        Assert.Equal(
            "We will collect $55.01 by automatic payment on Wednesday, February 19, 2020. You need to do nothing. "
                + "Because several bills came together, $110.01 is taken in parts: $55.01 on Wednesday, February 19, "
                + "2020 and $55.00 on Wednesday, March 18, 2020. Together they are what the bills ask for, and nothing "
                + "is taken twice.",
            NoticeText.OfLetter(account.Ledger, content)
        );
    }
}
