using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R45: merged bills that are too much at once go in parts, or wait for the customer's consent.</summary>
public sealed class R45BillShockTests
{
    private static readonly Policies Split = new() { BillShock = BillShockMode.Split };
    private static readonly Policies Consent = Split with { BillShock = BillShockMode.Consent };

    // January (50.00) is merged into February (60.01), due Feb 19; the cap is 70.00 unless another one is given.
    private static AccountScenario GivenAMerge(Policies? policies = null, long? cap = 7_000) =>
        GivenAnAccount(cap: cap, policies: policies ?? Split)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001);

    private static AccountScenario WhenItIsSplit(Policies? policies = null, long? cap = 7_000) =>
        GivenAMerge(policies, cap).WhenTheRunComesFor("feb");

    private static long[] OpenOfParts(AccountScenario account) =>
        [.. account.Ledger.Debits.Where(debit => debit.SplitFrom is not null).Select(OpenOf(account))];

    private static Func<Debit, long> OpenOf(AccountScenario account) => debit => account.Ledger.OpenOn(debit).Cents;

    [Fact]
    public void R45_What_is_over_the_cap_goes_in_equal_parts_a_cycle_apart()
    {
        var account = WhenItIsSplit()
            .ThenAsked(2, 5_501)
            .ThenDebits(Merged, Submitted, Scheduled)
            .ThenDue(3, "2020-03-18");
        Assert.Equal([5_500], OpenOfParts(account));
        account.ThenLines(3, "feb:part-2").ThenBill("feb", open: 501).ThenBill("feb:part-2", open: 5_500);
    }

    [Fact]
    public void R45_The_parts_collect_what_the_bills_asked_for()
    {
        var account = WhenItIsSplit()
            .TheBankSaysYes()
            .WhenTheRunComes("2020-03-18")
            .TheBankSaysYes()
            .ThenDebits(Merged, Collected, Collected);
        Assert.Equal(11_001, account.Ledger.Bills.Sum(bill => bill.Collected).Cents);
        Assert.Equal(0, account.Ledger.Bills.Sum(bill => bill.Open).Cents);
    }

    [Fact]
    public void R45_No_part_is_over_the_limit_however_many_that_takes() =>
        Assert.Equal([2_751, 2_750, 2_750, 2_750], AllParts(WhenItIsSplit(cap: 3_000)));

    // In the order of their days: the last part was scheduled first.
    private static long[] AllParts(AccountScenario account) =>
        [
            account.Debit(2).LastAttempt!.Amount.Cents,
            .. account
                .Ledger.Debits.Where(debit => debit.SplitFrom is not null)
                .OrderBy(debit => debit.DueDate)
                .Select(OpenOf(account)),
        ];

    [Fact]
    public void R45_A_city_may_want_more_parts() =>
        Assert.Equal([3_667, 3_667, 3_667], AllParts(WhenItIsSplit(Split with { BillShockParts = 3 })));

    [Fact]
    public void R45_Cents_that_do_not_divide_go_one_each_into_the_first_parts() =>
        Assert.Equal(
            [2_751, 2_751, 2_750, 2_750],
            AllParts(
                GivenAnAccount(cap: 3_000, policies: Split)
                    .WhenABillIsImported("jan", 5_000)
                    .WhenFinanceMerges("jan")
                    .WhenABillIsImported("feb", 6_002)
                    .WhenTheRunComesFor("feb")
            )
        );

    [Fact]
    public void R45_What_leaves_when_is_known_before_it_is_split()
    {
        var account = GivenAMerge(cap: 4_000);
        Assert.Equal(
            [("2020-02-19", 3_667L), ("2020-03-18", 3_667L), ("2020-04-15", 3_667L)],
            Splitting
                .PlanOf(account.Ledger, account.Debit(2), account.Controls.Policies, Day("2020-02-19"))
                .Select(part => ($"{part.Day:yyyy-MM-dd}", part.Amount.Cents))
        );
    }

    [Fact]
    public void R45_More_than_twelve_parts_go_to_a_person() =>
        WhenItIsSplit(cap: 900).ThenDebit(2, NeedsReview, "over cap");

    [Fact]
    public void R45_Exactly_the_cap_is_no_shock() =>
        WhenItIsSplit(cap: 11_001).ThenAsked(2, 11_001).ThenDebits(Merged, Submitted);

    [Fact]
    public void R45_Without_a_cap_so_many_average_bills_are_one()
    {
        WhenItIsSplit(Split with { BillShockTimes = 2 }, cap: null).ThenAsked(2, 11_001);
        WhenItIsSplit(Split with { BillShockTimes = 1 }, cap: null).ThenAsked(2, 3_667);
        WhenItIsSplit(Split with { BillShockTimes = 0 }, cap: null).ThenAsked(2, 11_001);
    }

    [Fact]
    public void R45_A_single_bill_is_what_it_is_and_over_the_cap_goes_to_a_person() =>
        GivenAnAccount(cap: 4_000, policies: Split)
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .ThenDebit(1, NeedsReview, "over cap");

    [Fact]
    public void R45_Consent_asks_a_person_whose_yes_is_for_that_amount()
    {
        var account = WhenItIsSplit(Consent with { BillShockTimes = 1 }, cap: null)
            .ThenDebit(2, NeedsReview, "bill shock");
        account.WhenAPersonApproves(2).WhenEvaluated().ThenAsked(2, 11_001);
    }

    [Fact]
    public void R45_Off_leaves_it_to_the_cap_alone()
    {
        WhenItIsSplit(new Policies()).ThenDebit(2, NeedsReview, "over cap");
        WhenItIsSplit(new Policies { BillShockTimes = 1 }, cap: null).ThenAsked(2, 11_001);
    }

    [Fact]
    public void R45_A_payment_shortens_the_last_part_first()
    {
        var account = WhenItIsSplit(cap: 4_000).TheBankSaysYes().ThenDebits(Merged, Collected, Scheduled, Scheduled);
        account.WhenAPaymentIsPosted("p", 4_000, bill: "feb");
        Assert.Equal([0, 3_667 - 333], OpenOfLastTwo(account));
    }

    private static long[] OpenOfLastTwo(AccountScenario account) =>
        [
            .. account
                .Ledger.Debits.Where(debit => debit.SplitFrom is not null)
                .OrderByDescending(debit => debit.DueDate)
                .Select(OpenOf(account)),
        ];

    [Fact]
    public void R45_Credit_does_too()
    {
        var account = WhenItIsSplit(cap: 4_000).WhenAPaymentIsPosted("p", 4_000);
        Assert.Equal([0, 3_667 - 333], OpenOfLastTwo(account));
    }

    [Fact]
    public void R28_A_payment_that_names_the_bill_is_paid_twice_only_for_what_no_part_waits_for()
    {
        var account = WhenItIsSplit().WhenAPaymentIsPosted("p", 6_001, bill: "feb");
        Assert.Equal([0], OpenOfParts(account));
        var twice = Assert.Single(account.Ledger.PaidTwice());
        Assert.Equal(501, twice.Cents.Cents);
    }

    [Fact]
    public void R45_The_billing_system_hears_of_the_bill_and_never_of_a_part()
    {
        var account = WhenItIsSplit().TheBankSaysYes().WhenTheRunComes("2020-03-18").TheBankSaysYes();
        Assert.Equal(
            [("feb", 5_500L)],
            account
                .LastEvents.SelectMany(happened => Receipts.Of(happened, account.Ledger))
                .Select(receipt => (receipt.Bill!.Value.Value, receipt.Amount.Cents))
        );
    }

    [Fact]
    public void R45_A_bill_that_is_held_again_gets_its_part_back()
    {
        var account = WhenItIsSplit()
            .TheBankSaysYes()
            .WhenFinanceHolds("feb")
            .ThenDebits(Merged, Collected, Cancelled, Deferred)
            .ThenBill("feb", open: 5_500, collected: 501)
            .ThenBill("feb:part-2", open: 0);
        account.WhenFinanceClears(1).ThenAsked(4, 5_500);
    }

    [Fact]
    public void R45_While_the_first_part_is_at_the_bank_the_others_only_wait() =>
        WhenItIsSplit()
            .WhenFinanceHolds("feb")
            .ThenDebits(Merged, Submitted, Deferred)
            .TheBankSaysYes()
            .ThenDebits(Merged, Collected, Cancelled, Deferred);

    [Fact]
    public void R45_The_next_bill_prints_what_is_open_of_all_parts() =>
        WhenItIsSplit().TheBankSaysYes().WhenABillIsImported("mar", 4_000, previous: 5_500).ThenWarned(0);

    [Fact]
    public void R16_What_the_billing_system_has_open_is_held_against_all_parts()
    {
        var account = WhenItIsSplit().TheBankSaysYes();
        account.WhenTheBalancesFileSays("feb", 5_500).ThenWarned(0);
        account.WhenTheBalancesFileSays("feb", 5_499).ThenWarned(1);
    }

    [Fact]
    public void R45_Autopay_off_that_is_undone_soon_leaves_every_part_on_its_day()
    {
        var account = WhenItIsSplit(cap: 4_000).TheBankSaysYes().WhenAutopayGoesOff();
        account.ThenDebits(Merged, Collected, Cancelled, Cancelled).On("2020-02-24", "09:00").WhenAutopayGoesOn();
        Assert.Equal(
            [("2020-03-18", 3_667L), ("2020-04-15", 3_667L)],
            account
                .Ledger.UnsentDebits()
                .Select(debit => ($"{debit.DueDate:yyyy-MM-dd}", account.Ledger.OpenOn(debit).Cents))
        );
    }

    [Fact]
    public void R45_A_bill_in_parts_keeps_its_numbers_until_they_are_one_again() =>
        Assert.Equal(
            0,
            WhenItIsSplit().Ledger.Bills.Where(bill => bill.Id.IsPart).Sum(bill => bill.CurrentCharges).Cents
        );

    [Theory]
    [InlineData("feb:part-2", true, "feb")]
    [InlineData("feb:previous:part-3", true, "feb:previous")]
    [InlineData("feb:part-", false, "feb:part-")]
    [InlineData("part-2", false, "part-2")]
    public void R45_An_id_says_whether_it_is_a_part(string id, bool part, string whole) =>
        Assert.Equal((part, whole), (new BillId(id).IsPart, new BillId(id).Whole.Value));
}
