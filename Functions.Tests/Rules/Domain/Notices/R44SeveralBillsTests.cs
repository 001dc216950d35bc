using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain.Notices;

/// <summary>R44: what several bills of one debit have told together.</summary>
public sealed class R44SeveralBillsTests
{
    private static readonly Policies Enforced = new()
    {
        NoticeClock = NoticeClockMode.Enforce,
        PreviousBalance = PreviousBalancePolicy.Off,
    };

    private static AccountScenario GivenTwoOfADay(Policies? policies = null) =>
        GivenAnAccount(policies: policies ?? Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenABillIsImported("jan-2", 700, due: Due["jan"]);

    [Fact]
    public void R44_Two_bills_of_a_day_have_told_both_amounts() =>
        GivenTwoOfADay().WhenTheRunComesFor("jan").ThenAsked(1, 5_700);

    [Fact]
    public void R44_Of_two_bills_of_a_day_one_that_prints_the_earlier_one_is_enough() =>
        GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000, previous: 5_000)
            .WhenABillIsImported("feb-2", 700, due: Due["feb"], previous: 0)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 11_700);

    [Fact]
    public void R44_An_earlier_bill_that_was_corrected_upwards_and_is_printed_so_is_told() =>
        GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsAdjusted("jan", 700)
            .WhenABillIsImported("feb", 6_000, previous: 5_700)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 11_700);

    [Fact]
    public void R44_An_earlier_bill_that_was_corrected_downwards_tells_what_it_printed() =>
        GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsAdjusted("jan", -700)
            .WhenABillIsImported("feb", 6_000, previous: 5_000)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 10_300);

    [Theory]
    [InlineData("2020-02-18", false)]
    [InlineData("2020-02-19", true)]
    public void R44_A_public_notice_is_about_every_bill_of_the_debit_or_tells_nothing(string dueTo, bool told)
    {
        var account = GivenAnAccount(policies: Enforced)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_000, previous: 0)
            .Change(
                new PublicNoticeRecorded(
                    "n",
                    [new CycleNumber(1)],
                    Day("2020-01-22"),
                    Day(dueTo),
                    Day("2020-01-20"),
                    null,
                    true,
                    "press",
                    "link"
                )
            )
            .WhenTheRunComesFor("feb");

        if (told)
        {
            account.ThenAsked(2, 11_000);
        }
        else
        {
            account.ThenDebit(2, Scheduled);
        }
    }

    [Fact]
    public void R44_After_a_no_to_several_bills_the_next_step_is_one_with_the_cents_of_all()
    {
        Assert.Equal((NextStepKind.Retry, 5_700, "2020-02-04"), NextOf("R01"));
        Assert.Equal((NextStepKind.PayNow, 5_700, null), NextOf("R08"));

        static (NextStepKind, long, string?) NextOf(string code)
        {
            var account = GivenTwoOfADay(new Policies())
                .WhenTheRunComesFor("jan")
                .On("2020-01-28", "05:00")
                .TheBankSaysNo(code);
            var refused = account.Debit(1).LastAttempt!;
            var step = Assert.Single(
                NextStep.After(account.Ledger, account.Debit(1), refused, account.Controls, account.Now.Today)
            );
            return (step.Kind, step.Amount.Cents, step.Day?.ToString("yyyy-MM-dd", null));
        }
    }
}
