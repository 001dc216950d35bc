using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R45: parts leave a cycle apart, whatever has kept one of them back.</summary>
public sealed class R45DistanceTests
{
    private static readonly Policies Parts = new() { BillShock = BillShockMode.Split };

    // January (50.00) and February (60.01) under a cap of 40.00: 36.67 each on Feb 19, Mar 18 and Apr 15.
    private static AccountScenario InThreeParts() =>
        GivenAnAccount(cap: 4_000, policies: Parts)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb");

    private static AccountScenario FirstCollected() => InThreeParts().TheBankSaysYes();

    private static long SentOn(AccountScenario account, string day) =>
        account
            .Ledger.Debits.SelectMany(debit => debit.Attempts)
            .Where(attempt => attempt.SubmittedOn == Day(day))
            .Sum(attempt => attempt.Amount)
            .Cents;

    [Fact]
    public void R45_After_a_suspension_one_part_goes_and_the_next_one_a_cycle_later()
    {
        var account = FirstCollected()
            .WhenAPersonSuspends()
            .On("2020-04-20", "05:00")
            .WhenAPersonLiftsTheSuspension()
            .WhenTheRunComes("2020-04-20")
            .ThenAsked(3, 3_667)
            .ThenDue(4, "2020-05-18");
        Assert.Equal(3_667, SentOn(account, "2020-04-20"));
        account.TheBankSaysYes().WhenTheRunComes("2020-05-15").ThenDebit(4, Scheduled);
        account.WhenTheRunComes("2020-05-18").ThenAsked(4, 3_667);
    }

    [Fact]
    public void R45_A_part_that_was_put_off_keeps_its_new_day_when_autopay_goes_off_and_on() =>
        FirstCollected()
            .WhenAPersonSuspends()
            .On("2020-04-20", "05:00")
            .WhenAPersonLiftsTheSuspension()
            .WhenTheRunComes("2020-04-20")
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .ThenDue(5, "2020-05-18");

    [Fact]
    public void R45_The_parts_make_room_for_the_retry_of_another() =>
        InThreeParts()
            .TheBankSaysNo("R01")
            .WhenEvaluated()
            .ThenDebit(2, RetryScheduled, "2020-02-26")
            .ThenDue(3, "2020-03-25")
            .ThenDue(4, "2020-04-22");

    [Fact]
    public void R45_A_part_that_the_bank_has_refused_for_good_keeps_nobody_at_a_distance() =>
        InThreeParts().TheBankSaysNo("R08").WhenEvaluated().ThenDue(3, "2020-03-18").ThenDue(4, "2020-04-15");

    [Fact]
    public void R45_What_a_person_lets_go_late_puts_off_the_part_after_it() =>
        FirstCollected()
            .WhenTheBalancesFileSays("feb", 0)
            .WhenTheRunComes("2020-03-18")
            .ThenDebit(3, NeedsReview)
            .On("2020-04-14", "05:00")
            .WhenAPersonApproves(3)
            .WhenTheRunComes("2020-04-14")
            .ThenAsked(3, 3_667)
            .WhenAPersonApproves(4)
            .WhenTheRunComes("2020-04-15")
            .ThenDue(4, "2020-05-12");

    [Fact]
    public void R45_What_comes_before_it_and_was_kept_back_for_longer_waits_for_it_too() =>
        FirstCollected()
            .WhenABillIsSkipped("jan:part-2")
            .WhenTheRunComes("2020-03-18")
            .TheBankSaysYes()
            .On("2020-03-30", "05:00")
            .WhenABillIsRearmed("jan:part-2")
            .WhenTheRunComes("2020-03-30")
            .ThenDebit(5, Scheduled)
            .ThenDue(4, "2020-04-15")
            .ThenDue(5, "2020-05-13");

    [Fact]
    public void R45_A_part_that_a_holiday_moves_by_a_day_moves_no_other()
    {
        var account = GivenAnAccount(cap: 4_000, policies: Parts)
            .WhenABillIsImported("mar", 5_000, "2020-03-30")
            .WhenFinanceDeclaresAMerge("late-bills", "2020-03-30", "2020-03-30")
            .WhenABillIsImported("apr", 6_001, "2020-04-27")
            .WhenTheRunComes("2020-04-27")
            .TheBankSaysYes();
        // Memorial Day is on May 25.
        account.WhenTheRunComes("2020-05-25").ThenDebit(3, Scheduled);
        account.WhenTheRunComes("2020-05-26").ThenAsked(3, 3_667).ThenDue(4, "2020-06-22");
    }

    [Fact]
    public void R45_Another_bill_keeps_its_day_beside_a_part()
    {
        var account = FirstCollected().WhenABillIsImported("mar", 3_000).WhenTheRunComesFor("mar");
        Assert.Equal(6_667, SentOn(account, Due["mar"]));
    }

    [Fact]
    public void R23_What_is_left_of_the_refused_retry_of_a_part_keeps_its_date_when_autopay_goes_off_and_on()
    {
        var account = FirstCollected()
            .WhenTheRunComes("2020-03-18")
            .TheBankSaysNo("R01")
            .WhenAPaymentIsPosted("p", 5_000)
            .On("2020-03-19", "09:00")
            .WhenEvaluated()
            .ThenDebit(3, Superseded)
            .WhenAutopayGoesOff()
            .WhenAutopayGoesOn()
            .WhenTheRunComes("2020-03-24");
        Assert.Equal(0, SentOn(account, "2020-03-24"));
        account.WhenTheRunComes("2020-03-25");
        Assert.Equal(2_334, SentOn(account, "2020-03-25"));
    }
}
