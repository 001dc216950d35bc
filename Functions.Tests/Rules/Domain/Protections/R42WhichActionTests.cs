using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.PenaltyVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42, R43: of several actions of the city the one that is told, and what is none. Due Jan 22.</summary>
public sealed class R42WhichActionTests
{
    private static AccountScenario GivenABill() => GivenAnAccount().WhenABillIsImported("jan", 5_000);

    private static AccountScenario Refused(string code) =>
        GivenABill().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysNo(code);

    [Fact]
    public void R42_A_bill_beside_a_held_one_is_held_with_it() =>
        GivenABill()
            .WhenABillIsImported("other", 700, Due["jan"], cycle: 2)
            .WhenFinanceHolds("jan")
            .ThenLines(1, "jan", "other")
            .ThenTheCity("other", "2020-03-01", CityActionKind.Hold);

    [Fact]
    public void R42_Of_two_versions_finance_has_to_speak_and_not_the_person_of_the_review()
    {
        var account = GivenABill();
        account.Do(new ImportBill(account.NewBill("jan", 4_000, previous: 0), account.Now) { Source = "second" });
        account.ThenDebit(1, DebitState.NeedsReview).ThenTheCity("jan", "2020-03-01", CityActionKind.Finance);
    }

    [Fact]
    public void R42_A_retry_is_a_retry_and_what_nobody_collects_is_merged_by_a_later_merge()
    {
        Refused("R01").WhenFinanceMerges("jan").ThenTheCity("jan", "2020-02-01", CityActionKind.Retry);
        Refused("R13").WhenFinanceMerges("jan").ThenTheCity("jan", "2020-02-01", CityActionKind.Merge);
    }

    [Fact]
    public void R42_A_no_that_is_not_the_customers_is_finance_s_on_the_days_of_the_retry_too() =>
        Refused("R01")
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R13")
            .ThenTheCity("jan", "2020-01-30", CityActionKind.Finance);

    [Fact]
    public void R42_What_the_bank_returns_for_the_customer_s_reason_is_the_customer_s()
    {
        static AccountScenario Collected() =>
            GivenABill().WhenTheRunComesFor("jan").On("2020-01-28", "05:00").TheBankSaysYes().On("2020-02-03");

        Collected().MoneyComesBack(1, 5_000, code: "R01").ThenTheCity("jan", "2020-02-10", null);
        Collected()
            .Refunded("r", 1_000)
            .MoneyComesBack(1, 4_000, code: "R01")
            .ThenTheCity("jan", "2020-02-10", CityActionKind.Finance);
    }

    [Fact]
    public void R25_What_a_person_cancelled_is_left_to_its_customer_whatever_else_was_collected() =>
        GivenAnAccount(cap: 6_000)
            .WhenABillIsImported("dec", 5_500, "2020-01-15")
            .WhenTheRunComes("2020-01-15")
            .TheBankSaysYes()
            .WhenABillIsImported("jan", 7_000)
            .WhenTheRunComesFor("jan")
            .WhenAPersonCancels(2)
            .ThenTheCity("jan", "2020-02-10", null);

    [Fact]
    public void R42_Another_bill_of_the_same_day_is_not_the_next_one() =>
        GivenABill()
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("other", 700, Due["jan"], cycle: 2)
            .WhenAutopayGoesOff()
            .ThenPenalty("jan", "2020-02-18", CityHolds)
            .ThenTheCity("jan", "2020-02-18", CityActionKind.Merge);

    [Fact]
    public void R43_Of_a_bill_that_the_city_holds_and_one_that_it_does_not_the_other_one_is_told() =>
        GivenAnAccount(autopay: false)
            .WhenABillIsImported("dec", 700, "2020-01-15")
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .ThenDisconnect("2020-01-25", DisconnectVerdict.NotYet, "2020-01-30");

    // Of February 5.01 are asked for on Feb 19, and 55.00 on Mar 18.
    private static AccountScenario InParts() =>
        GivenAnAccount(cap: 7_000, policies: new Policies { BillShock = BillShockMode.Split })
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 6_001)
            .WhenTheRunComesFor("feb");

    [Fact]
    public void R45_Before_its_day_nobody_has_asked_for_a_part_whoever_looks_at_it() =>
        InParts()
            .TheBankSaysYes()
            .On("2020-03-09")
            .WhenTheBalancesFileSays("feb", 1_000)
            .ThenDebit(3, DebitState.NeedsReview)
            .ThenTheCity("feb", "2020-03-17", CityActionKind.Scheduled)
            .ThenTheCity("feb", "2020-03-18", CityActionKind.Review);

    [Fact]
    public void R43_Of_a_bill_in_parts_the_part_that_counts_last_counts()
    {
        var account = InParts().On("2020-02-25", "05:00").TheBankSaysNo("R02");
        var february = account.Disconnect("2020-06-01").Overdue.Single(it => it.Bill.Id == new BillId("feb"));
        Assert.Equal((Day("2020-03-18"), Day("2020-04-02")), (february.CountsFrom, february.EarliestOn));
    }
}
