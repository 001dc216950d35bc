using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R45: how many parts a merged debit goes in, to the cent, and under which word they leave.</summary>
public sealed class R45HowManyPartsTests
{
    private static readonly Policies Parts = new() { BillShock = BillShockMode.Split };

    // January is merged into February, due Feb 19.
    private static AccountScenario Merge(long jan, long feb, long? cap = null, Policies? policies = null) =>
        GivenAnAccount(cap: cap, policies: policies ?? Parts)
            .WhenABillIsImported("jan", jan)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", feb);

    private static AccountScenario Usual(long jan, long feb) =>
        Merge(jan, feb, policies: Parts with { BillShockTimes = 1 });

    private static IReadOnlyList<DebitPart> PlanOf(AccountScenario account, string on, int debit = 2) =>
        Splitting.PlanOf(account.Ledger, account.Debit(debit), account.Controls.Policies, Day(on));

    private static long[] CentsOf(AccountScenario account, int debit = 2) =>
        [.. PlanOf(account, "2020-02-19", debit).Select(part => part.Amount.Cents)];

    [Fact]
    public void R45_Exactly_so_many_times_the_limit_takes_exactly_so_many_parts()
    {
        Assert.Equal([5_500, 5_500], CentsOf(Merge(5_000, 6_000, cap: 5_500)));
        Assert.Equal([3_667, 3_667, 3_666], CentsOf(Merge(5_000, 6_000, cap: 5_499)));
    }

    [Fact]
    public void R45_Twelve_parts_are_not_too_many()
    {
        var account = Merge(5_000, 6_001, cap: 917).WhenTheRunComesFor("feb").ThenAsked(2, 917);
        var parts = account.Ledger.Debits.Where(debit => debit.SplitFrom is not null).ToList();
        Assert.Equal(11, parts.Count);
        Assert.Equal(11_001, 917 + parts.Sum(account.Ledger.OpenOn).Cents);
    }

    [Fact]
    public void R45_A_part_of_fifty_cents_is_sent_and_smaller_parts_go_to_a_person()
    {
        Assert.Equal([51, 50], CentsOf(Merge(50, 51, cap: 60)));
        Merge(50, 51, cap: 60).WhenTheRunComesFor("feb").ThenAsked(2, 51);
        Assert.Empty(CentsOf(Merge(50, 49, cap: 60)));
        Merge(50, 49, cap: 60).WhenTheRunComesFor("feb").ThenDebit(2, NeedsReview, "over cap");
    }

    [Fact]
    public void R45_No_number_of_parts_fits_a_cap_of_nothing() =>
        Merge(5_000, 6_001, cap: 0).WhenTheRunComesFor("feb").ThenDebit(2, NeedsReview, "over cap");

    [Fact]
    public void R45_The_cap_alone_is_a_limit_where_no_usual_bill_is()
    {
        var account = Merge(5_000, 6_001, cap: 7_000, policies: Parts with { BillShockTimes = 0 });
        Assert.Equal([5_501, 5_500], CentsOf(account));
    }

    [Fact]
    public void R45_A_bill_of_nothing_makes_no_bill_more_unusual()
    {
        var account = Usual(3_000, 3_000).WhenABillIsImported("nothing", 0, "2020-04-15");
        Assert.Equal([3_000, 3_000], CentsOf(account));
    }

    [Fact]
    public void R45_Without_any_bill_above_nothing_there_is_no_usual_one()
    {
        var account = Usual(0, 0).WhenABillIsAdjusted("jan", 2_000).WhenABillIsAdjusted("feb", 3_000);
        account.ThenMergedInto(1, 2).WhenTheRunComesFor("feb").ThenAsked(2, 5_000).ThenDebits(Merged, Submitted);
    }

    [Fact]
    public void R45_What_leaves_late_counts_its_cycles_from_the_day_on_which_it_leaves()
    {
        Assert.Equal(
            [Day("2020-02-24"), Day("2020-03-23"), Day("2020-04-20")],
            PlanOf(Merge(5_000, 6_001, cap: 4_000), "2020-02-24").Select(part => part.Day)
        );
        Merge(5_000, 6_001, cap: 4_000).WhenTheRunComes("2020-02-24").ThenDue(3, "2020-03-23").ThenDue(4, "2020-04-20");
    }

    private static AccountScenario Approved(long cap) =>
        Merge(5_000, 6_001, cap).WhenTheBalancesFileSays("feb", 1_000).WhenAPersonApproves(2);

    [Fact]
    public void R25_A_part_of_two_bills_was_approved_with_the_cents_of_both()
    {
        var account = Approved(cap: 4_000).WhenTheRunComesFor("feb").TheBankSaysYes();
        account.ThenLines(3, "feb:part-2", "jan:part-2").WhenTheRunComes("2020-03-18").ThenAsked(3, 3_667);
    }

    [Fact]
    public void R25_A_first_part_that_was_not_sent_is_not_asked_of_anew()
    {
        var account = Approved(cap: 7_000).On(Due["feb"]).WhenEvaluated().WhenFinanceHalts();
        account.WhenThePreChargeCheckComes().ThenDebit(2, Scheduled).WhenFinanceResumes();
        account.WhenThePreChargeCheckComes().WhenConfirmed().ThenAsked(2, 5_501, attempt: 2).ThenDebit(2, Submitted);
    }

    [Fact]
    public void R25_What_nobody_approved_is_shared_with_no_part()
    {
        var account = Merge(5_000, 6_001, cap: 7_000).On(Due["feb"]).WhenEvaluated();
        Assert.NotEmpty(account.LastEvents.OfType<BillSplit>());
        Assert.Empty(account.LastEvents.OfType<ApprovalShared>());
    }
}
