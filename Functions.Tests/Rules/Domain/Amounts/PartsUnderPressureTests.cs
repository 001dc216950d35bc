using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>
/// R45 beside everything else that may happen to a bill in parts: nothing is taken that somebody has stopped, and
/// nothing at once that was promised in parts.
/// </summary>
public sealed class PartsUnderPressureTests
{
    private static readonly Policies Parts = new() { BillShock = BillShockMode.Split };

    // January (50.00) is merged into February (60.01); Feb 19 asks 55.01, and the part of 55.00 is due Mar 18.
    private static AccountScenario Merge(Policies? policies = null, long? cap = 7_000) =>
        GivenAnAccount(cap: cap, policies: policies ?? Parts)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001);

    private static AccountScenario Split(Policies? policies = null, long? cap = 7_000) =>
        Merge(policies, cap).WhenTheRunComesFor("feb");

    private static AccountScenario FirstPartCollected() => Split().TheBankSaysYes();

    private static AccountScenario Again(AccountScenario account, Bill row) =>
        account.Do(new ImportBill(row, account.Now) { Source = "second" });

    private static AccountScenario Takes(AccountScenario account, string bill) =>
        account.Do(new TakeCorrection(CorrectedItem.Bill, bill, "asked", account.Now));

    private static AccountScenario Sends(AccountScenario account) =>
        account.WhenThePreChargeCheckComes().WhenConfirmed();

    private static AccountScenario ThenSent(AccountScenario account, long cents)
    {
        Assert.Equal(
            cents,
            account
                .Ledger.Debits.SelectMany(debit => debit.Attempts)
                .Where(attempt => attempt.SubmittedOn is not null)
                .Sum(attempt => attempt.Amount)
                .Cents
        );
        return account;
    }

    [Fact]
    public void R16_A_balances_file_that_has_less_open_stops_the_part() =>
        ThenSent(FirstPartCollected().WhenTheBalancesFileSays("feb", 0).WhenTheRunComes("2020-03-18"), 5_501)
            .ThenDebit(3, NeedsReview);

    [Fact]
    public void R22_Who_skips_a_bill_skips_its_parts()
    {
        var account = ThenSent(FirstPartCollected().WhenABillIsSkipped("feb").WhenTheRunComes("2020-03-18"), 5_501);
        account.WhenABillIsRearmed("feb").ThenDue(4, "2020-03-18");
    }

    [Fact]
    public void R31_A_file_that_says_something_else_of_the_bill_stops_the_part()
    {
        var account = FirstPartCollected();
        ThenSent(
            Again(account, account.NewBill("feb", 501, Due["feb"], previous: 5_000)).WhenTheRunComes("2020-03-18"),
            5_501
        );
        account.ThenRefused("in parts", it => Takes(it, "feb"));
    }

    [Fact]
    public void R04_What_kept_a_part_back_keeps_its_bill_back_when_that_is_held_again()
    {
        var account = FirstPartCollected()
            .On("2020-03-04")
            .WhenABillIsImported("mar", 4_000, previous: 0)
            .WhenFinanceHolds("feb")
            .On("2020-03-05");
        ThenSent(Sends(account.WhenFinanceClears(1)), 5_501).ThenDebit(5, NeedsReview);
    }

    [Fact]
    public void R12_A_cap_that_is_lowered_while_the_charge_is_locked_is_kept()
    {
        var account = Merge(cap: 12_000).On(Due["feb"]).WhenEvaluated().WhenThePreChargeCheckComes();
        account.WhenTheAccountsFileSays(it => it with { MaxDebit = new Money(6_000) }).WhenRecovered();
        ThenSent(account.WhenConfirmed(), 0);
    }

    [Fact]
    public void R05_What_the_parts_collected_and_is_no_longer_owed_is_on_the_refund_list()
    {
        var account = FirstPartCollected().WhenTheRunComes("2020-03-18").TheBankSaysYes();
        account.WhenABillIsAdjusted("feb", -6_001);
        Assert.Equal(6_001, account.Ledger.RefundList().Sum(funds => funds.Left).Cents);
    }

    [Fact]
    public void R05_An_adjustment_takes_from_the_part_that_is_still_to_come_first()
    {
        var account = FirstPartCollected().WhenABillIsAdjusted("feb", -2_000);
        account.ThenBill("feb:part-2", open: 3_500).ThenCredit(0);
    }

    [Fact]
    public void R45_What_comes_back_together_is_split_again()
    {
        var account = GivenAnAccount(policies: Parts with { BillShockTimes = 1, BillShockParts = 6 })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 30_000)
            .WhenTheRunComesFor("feb");
        Sends(account.TheBankSaysYes().WhenFinanceHolds("feb").On("2020-02-24").WhenFinanceClears(1));
        Assert.True(account.Ledger.Debits.SelectMany(debit => debit.Attempts).Max(it => it.Amount).Cents <= 17_500);
    }

    [Fact]
    public void R45_While_the_first_part_waits_for_its_retry_the_others_stay_parts()
    {
        var account = Split(cap: 4_000).TheBankSaysNo("R01").WhenFinanceHolds("feb").On("2020-02-24");
        account.WhenFinanceClears(1).WhenTheRunComes("2020-02-26");
        Assert.Equal(3_667, account.Ledger.Debits.SelectMany(debit => debit.Attempts).Max(it => it.Amount).Cents);
    }

    [Fact]
    public void R45_What_is_held_again_while_the_first_part_is_at_the_bank_waits_for_no_person()
    {
        var account = Split(cap: 4_000).WhenFinanceHolds("feb").TheBankSaysYes();
        Assert.DoesNotContain(account.Ledger.Bills, bill => bill.Blocked is not null);
        Assert.Empty(account.Ledger.Worklist());
    }

    [Fact]
    public void R45_A_part_that_is_skipped_and_re_armed_keeps_its_day() =>
        FirstPartCollected().WhenABillIsSkipped("feb:part-2").WhenABillIsRearmed("feb:part-2").ThenDue(4, "2020-03-18");

    [Fact]
    public void I25_The_first_part_and_the_others_are_never_more_than_was_approved()
    {
        var account = GivenAnAccount(cap: 7_000, policies: Parts, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .On("2020-02-19", "06:00")
            .WhenFinanceClears(1)
            .WhenTwoPeopleRelease()
            .WhenEvaluatedUnder();
        var grants = account.Ledger.Debits.Select(debit => debit.Grant).OfType<ReleaseGrant>().ToList();
        Assert.Equal(11_001, grants.Sum(grant => grant.Amount).Cents);
    }

    [Fact]
    public void R42_Nobody_is_penalised_for_a_part_before_its_day()
    {
        var account = FirstPartCollected().On("2020-03-09", "09:00").WhenAutopayGoesOff();
        Assert.NotEqual(Autopay.Domain.Protections.PenaltyVerdict.Assess, account.Penalty("feb", "2020-03-10").Verdict);
        Assert.NotEqual(Autopay.Domain.Protections.DisconnectVerdict.May, account.Disconnect("2020-03-10").Verdict);
        account.ThenTheCity("feb", "2020-03-17", CityActionKind.Scheduled).ThenTheCity("feb", "2020-03-18", null);
    }

    [Fact]
    public void R42_Autopay_off_during_a_halt_does_not_back_date_the_clock()
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-21")
            .WhenFinanceHalts()
            .On("2020-02-10")
            .WhenAutopayGoesOff();
        Assert.NotEqual(Autopay.Domain.Protections.PenaltyVerdict.Assess, account.Penalty("jan", "2020-02-11").Verdict);
    }
}
