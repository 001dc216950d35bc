using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>
/// R45: whatever of a split debit is asked for again, under whatever number, keeps its distance from the other parts;
/// nothing else does.
/// </summary>
public sealed class R45RescheduledTests
{
    private static readonly Policies Parts = new() { BillShock = BillShockMode.Split };

    // January (50.00) and February (60.01) in three parts of 36.67: the first is of January alone, Mar 18 asks 13.33 of
    // January and 23.34 of February, Apr 15 the rest of February. Under a cap of 30.00 there are four.
    private static AccountScenario InParts(long cap = 4_000) =>
        GivenAnAccount(cap: cap, policies: Parts)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb");

    private static AccountScenario SecondCollected() =>
        InParts().TheBankSaysYes().WhenTheRunComes("2020-03-18").ThenAsked(3, 3_667).TheBankSaysYes();

    [Fact]
    public void R45_A_first_part_that_finance_re_arms_late_puts_off_the_parts_after_it() =>
        InParts()
            .TheBankSaysNo("R08")
            .WhenFinanceWithdraws("late-bills")
            .On("2020-03-16", "05:00")
            .WhenABillIsRearmed("jan")
            .ThenLines(5, "jan")
            .WhenTheRunComes("2020-03-16")
            .ThenAsked(5, 3_667)
            .ThenDue(3, "2020-04-13")
            .ThenDue(4, "2020-05-11");

    // Under a cap of 70.00 January is whole in the first part, beside 5.01 of February.
    private static AccountScenario FirstIsAskedForAgain(AccountScenario account) =>
        account
            .TheBankSaysNo("R08")
            .On("2020-02-24", "05:00")
            .WhenABillIsRearmed("feb")
            .WhenABillIsRearmed("jan")
            .ThenLines(4, "feb", "jan");

    [Fact]
    public void R45_So_does_one_with_a_bill_of_which_all_stayed_in_it() =>
        FirstIsAskedForAgain(InParts(cap: 7_000))
            .WhenTheRunComes("2020-03-16")
            .ThenAsked(4, 5_501)
            .ThenDue(3, "2020-04-13");

    [Fact]
    public void R45_Beside_a_bill_of_another_kind_it_moves_no_part() =>
        FirstIsAskedForAgain(InParts(cap: 7_000))
            .WhenABillIsImported("water", 1_000, "2020-02-19")
            .ThenLines(4, "feb", "jan", "water")
            .WhenTheRunComes("2020-03-16")
            .ThenAsked(4, 6_501)
            .ThenDue(3, "2020-03-18");

    [Fact]
    public void R45_What_is_left_of_the_refused_retry_of_a_part_puts_off_the_part_after_it()
    {
        var account = InParts(cap: 3_000)
            .TheBankSaysYes()
            .WhenTheRunComes("2020-03-18")
            .ThenAsked(3, 2_750)
            .TheBankSaysNo("R01")
            .WhenAPaymentIsPosted("p", 300, "feb:part-2")
            .ThenBill("feb:part-2", open: 201, paid: 300);
        account.WhenTheRunComes("2020-03-30").ThenAsked(6, 2_450).ThenDue(4, "2020-04-27").ThenDue(5, "2020-05-25");
    }

    [Fact]
    public void R45_A_bill_that_has_its_cents_again_is_in_parts_no_more()
    {
        var account = SecondCollected().On("2020-03-20", "05:00").WhenFinanceHolds("feb");
        account.ThenDebit(4, Cancelled, "Held again").ThenBill("feb", open: 3_667);
        account.On("2020-03-23").WhenFinanceClears(1).WhenThePreChargeCheckComes().WhenConfirmed().ThenAsked(5, 3_667);
    }

    [Fact]
    public void R45_A_part_whose_own_money_came_back_waits_for_no_cycle_after_itself()
    {
        var account = SecondCollected()
            .On("2020-03-30", "05:00")
            .MoneyComesBack(3, 3_667, endsMandate: false)
            .On("2020-04-06", "05:00")
            .WhenABillIsRearmed("feb:part-2")
            .WhenTheRunComes("2020-04-06")
            .ThenLines(5, "feb:part-2")
            .ThenAsked(5, 2_334);
        Assert.NotNull(account.Bill("feb:part-3").Blocked);
    }

    [Fact]
    public void R14_Money_for_everything_pays_what_of_the_bills_is_asked_for_again_too() =>
        InParts()
            .TheBankSaysNo("R08")
            .WhenAPaymentIsPosted("p", 11_001)
            .ThenBill("jan", open: 0, paid: 3_667)
            .ThenBill("feb:part-3", open: 0, paid: 3_667)
            .ThenCredit(0);

    [Fact]
    public void R16_Of_a_bill_in_three_parts_all_that_is_open_is_compared() =>
        InParts().TheBankSaysYes().WhenTheBalancesFileSays("feb", 6_001).ThenWarned(0);

    [Fact]
    public void R38_A_part_that_is_taken_out_of_a_hold_keeps_its_day()
    {
        var account = InParts().WhenFinanceDeclaresAHold("outage", Due["jan"], Due["feb"]).ThenDebit(3, Deferred);
        account.Do(new ExemptBill(new BillId("feb:part-2"), new DeferralId("outage"), On: true, "moves", account.Now));
        account.ThenLines(3, "jan:part-2").ThenLines(5, "feb:part-2").ThenDue(5, "2020-03-18");
    }

    [Fact]
    public void R05_An_adjustment_takes_nothing_from_a_part_that_is_with_the_bank()
    {
        var account = InParts().TheBankSaysYes().WhenTheRunComes("2020-03-18").WhenABillIsAdjusted("feb", -6_001);
        Assert.Equal(2_334, account.Bill("feb:part-2").Charges.Cents);
        Assert.Equal(0, account.Bill("feb:part-3").Charges.Cents);
    }

    [Fact]
    public void R45_A_part_of_which_nobody_knows_yet_whether_it_left_counts_from_the_day_on_which_it_was_locked()
    {
        var account = InParts().TheBankSaysYes().On("2020-03-18").WhenEvaluated().WhenThePreChargeCheckComes();
        account.WhenTheConfirmIsLost().Do(new FlagAttempt(account.Debit(3).Id, 1, Stop: true, "odd", account.Now));
        account.On("2020-03-20").WhenEvaluated().ThenDebit(3, Unknown).ThenDue(4, "2020-04-15");
    }

    [Fact]
    public void R42_A_hold_on_another_bill_keeps_no_part_back() =>
        InParts()
            .TheBankSaysYes()
            .WhenABillIsImported("mar", 3_000)
            .WhenFinanceHolds("mar")
            .WhenTheRunComes("2020-03-18")
            .ThenAsked(3, 3_667)
            .ThenDebit(5, Deferred);
}
