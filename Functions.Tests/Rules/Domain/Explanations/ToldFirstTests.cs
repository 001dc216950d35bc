using Autopay.Application.Texts;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>Why on this day, where a notice had to come first (R44); and under which release (I25).</summary>
public sealed class ToldFirstTests
{
    private static readonly Policies Enforced = new() { NoticeClock = NoticeClockMode.Enforce };

    // Due on Jan 22, held, and cleared on Feb 18; the public notice of Feb 13 tells of debits from Feb 20 on.
    private static AccountScenario GivenAPublicNotice(Policies? policies = null) =>
        GivenAnAccount(policies: policies ?? Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-13")
            .Change(
                new PublicNoticeRecorded(
                    "feb-13",
                    [new CycleNumber(1)],
                    Day("2020-01-22"),
                    Day("2020-02-05"),
                    Day("2020-02-13"),
                    DebitsFrom: null,
                    CoversAmounts: true,
                    "press, web site",
                    "https://city.example/feb-13"
                )
            )
            .On("2020-02-18", "07:00")
            .WhenFinanceClears(1);

    [Fact]
    public void The_public_notice_that_let_it_leave_is_named_with_its_evidence()
    {
        var account = GivenAPublicNotice();
        Assert.Equal(Day("2020-02-20"), account.Explain(1).Days.On);
        ThenItIsNamed(account);
        ThenItIsNamed(account.WhenTheRunComes("2020-02-20").TheBankSaysYes());
        Assert.Equal(
            [
                "On Thursday, February 13, 2020 the city told everybody (press, web site): because of the outage.",
                "Where that can be looked at: https://city.example/feb-13.",
            ],
            account.Tell(1, Words.English).Answer.Skip(1).Select(sentence => sentence.Text)
        );
        Assert.Equal(
            "Primero había que avisarle, y se hizo el jueves 13 de febrero de 2020. Este es el primer día hábil "
                + "bancario después de los días de aviso.",
            account.Tell(1, Words.Spanish).WhyThisDay[^1].Text
        );
    }

    private static void ThenItIsNamed(AccountScenario account)
    {
        account.ThenItGoesOn(1, Phrase.ToldPublicly, Phrase.ToldPubliclyEvidence);
        account.ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyHeld, Phrase.WhyTold);
        Assert.Equal("feb-13", account.Explain(1).ToldPublicly.Single().Id);
    }

    [Fact]
    public void A_notice_of_its_own_is_the_reason_too()
    {
        var account = GivenAnAccount(policies: Enforced).WhenABillIsImported("jan", 5_000);
        account
            .WhenABillIsAdjusted("jan", 700)
            .Do(
                new RecordNoticeSent(
                    account.Debit(1).Id,
                    1,
                    NoticeChannel.Email,
                    Day("2020-01-13"),
                    new Money(5_700),
                    Day("2020-01-23"),
                    "message-1",
                    account.Now
                )
            );
        account.WhenTheRunComes("2020-01-23").ThenAsked(1, 5_700);
        account.ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyTold);
    }

    [Fact]
    public void A_notice_that_decided_nothing_is_no_reason()
    {
        var warned = GivenAPublicNotice(new Policies()).WhenThePreChargeCheckComes().WhenConfirmed();
        Assert.Empty(warned.Explain(1).ToldPublicly);
        warned.ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyHeld);
        var onTime = GivenAnAccount(policies: Enforced).WhenABillIsImported("jan", 5_000).WhenTheRunComesFor("jan");
        onTime.ThenWhyThisDay(1, Phrase.WhyDueDate);
    }

    [Fact]
    public void A_release_that_was_stopped_has_let_nothing_go()
    {
        var account = GivenAnAccount(releases: true)
            .WhenABillIsImported("mar", 5_000)
            .WhenFinanceHolds("mar")
            .WhenFinanceClears(1)
            .WhenTwoPeopleRelease();
        account.ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyHeld, Phrase.WhyReleasedByAnother);
        account.WhenTheReleaseIsStopped();
        Assert.Null(account.Explain(1).Release);
        account.ThenWhyThisDay(1, Phrase.WhyDueDate, Phrase.WhyHeld);
    }

    [Fact]
    public void A_bill_of_which_the_debit_takes_nothing_is_left_out_of_the_answer()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000)
            .WhenAPaymentIsPosted("p", 5_000, "jan")
            .WhenTheRunComesFor("feb");
        var answer = account.Tell(2, Words.English);
        Assert.DoesNotContain("January 22", answer.Answer[0].Text, StringComparison.Ordinal);
        Assert.Contains(answer.Sum, line => line.Text.Contains("January 22", StringComparison.Ordinal));
    }
}
