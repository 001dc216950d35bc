using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R45: what the customer, or a person for the city, has said of a bill is said of its parts too.</summary>
public sealed class R45AskedTests
{
    private static readonly Policies Parts = new() { BillShock = BillShockMode.Split };

    // January (50.00) is merged into February (60.01); under a cap of 70.00 Feb 19 asks 55.01, and Mar 18 55.00.
    private static AccountScenario Merge(long? cap = 7_000, Policies? policies = null) =>
        GivenAnAccount(cap: cap, policies: policies ?? Parts)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001);

    private static AccountScenario FirstCollected(long? cap = 7_000) =>
        Merge(cap).WhenTheRunComesFor("feb").TheBankSaysYes();

    private static AccountScenario FirstDisputed() =>
        FirstCollected().On("2020-03-02").MoneyComesBack(2, 5_501, endsMandate: false);

    [Fact]
    public void R20_What_is_left_of_a_disputed_bill_waits_for_finance_with_it()
    {
        var account = FirstDisputed().WhenTheRunComes("2020-03-18").ThenDebit(3, Cancelled);
        Assert.Contains("dispute", account.Bill("feb:part-2").Blocked!.Reason, StringComparison.Ordinal);
        Assert.Contains(account.Ledger.Worklist(), item => item.Bill.Id.Value == "feb:part-2");
    }

    [Fact]
    public void R20_Finance_s_word_on_the_bill_lets_its_parts_go_on_their_days() =>
        FirstDisputed()
            .WhenABillIsRearmed("feb")
            .ThenLines(4, "feb:part-2")
            .ThenDue(4, "2020-03-18")
            .ThenLines(5, "feb");

    [Fact]
    public void R20_A_part_that_is_disputed_stops_those_that_have_not_left()
    {
        var account = FirstCollected(cap: 4_000)
            .WhenTheRunComes("2020-03-18")
            .TheBankSaysYes()
            .MoneyComesBack(3, 3_667, endsMandate: false)
            .WhenTheRunComes("2020-04-15")
            .ThenDebit(4, Cancelled);
        Assert.Null(account.Bill("feb").Blocked);
    }

    [Fact]
    public void R20_A_part_that_is_at_the_bank_already_stays_there()
    {
        var account = FirstCollected(cap: 4_000)
            .WhenTheRunComes("2020-03-18")
            .MoneyComesBack(2, 3_667, endsMandate: false)
            .ThenDebit(3, Submitted)
            .ThenDebit(4, Scheduled)
            .WhenEvaluated()
            .TheBankSaysYes()
            .ThenDebit(3, Collected);
        Assert.Null(account.Bill("jan:part-2").Blocked);
        Assert.Null(account.Bill("feb:part-2").Blocked);
    }

    [Fact]
    public void R25_What_a_person_has_approved_of_the_whole_is_not_asked_again_of_its_parts() =>
        Merge()
            .WhenTheBalancesFileSays("feb", 1_000)
            .WhenAPersonApproves(2)
            .WhenTheRunComesFor("feb")
            .ThenAsked(2, 5_501)
            .TheBankSaysYes()
            .WhenTheRunComes("2020-03-18")
            .ThenAsked(3, 5_500);

    [Fact]
    public void R25_A_part_of_another_amount_than_was_approved_is_asked_of_anew() =>
        Merge()
            .WhenTheBalancesFileSays("feb", 1_000)
            .WhenAPersonApproves(2)
            .WhenTheRunComesFor("feb")
            .TheBankSaysYes()
            .WhenAPaymentIsPosted("p", 1_000, "feb")
            .WhenTheRunComes("2020-03-18")
            .ThenDebit(3, NeedsReview);

    [Fact]
    public void R25_What_was_approved_of_another_amount_is_asked_of_the_parts_anew() =>
        Merge()
            .WhenTheBalancesFileSays("feb", 1_000)
            .WhenAPersonApproves(2)
            .WhenABillIsAdjusted("feb", -1)
            .WhenTheRunComesFor("feb")
            .ThenDebit(2, NeedsReview)
            .ThenDebits(Merged, NeedsReview);

    [Fact]
    public void R45_Who_has_agreed_to_the_whole_pays_it_at_once() =>
        Merge(cap: 900)
            .WhenTheRunComesFor("feb")
            .ThenDebit(2, NeedsReview, "over cap")
            .WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(4_000) })
            .WhenAPersonApproves(2)
            .WhenTheRunComes("2020-02-20")
            .ThenAsked(2, 11_001);

    [Fact]
    public void R45_More_than_twelve_parts_go_to_a_person_without_a_cap_too() =>
        Merge(cap: null, policies: Parts with { BillShockTimes = 1, BillShockParts = 13 })
            .WhenTheRunComesFor("feb")
            .ThenDebit(2, NeedsReview, "bill shock");
}
