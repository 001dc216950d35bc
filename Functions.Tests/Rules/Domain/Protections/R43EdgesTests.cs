using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Domain.Protections.DisconnectVerdict;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R42, R43 at their edges: the day itself, the day before, the other reasons why a bill is open.</summary>
public sealed class R43EdgesTests
{
    private static AccountScenario GivenABill(bool autopay = false) =>
        GivenAnAccount(autopay: autopay).WhenABillIsImported("jan", 5_000);

    [Theory]
    [InlineData("2020-01-22", 0)]
    [InlineData("2020-01-23", 1)]
    [InlineData("2020-02-05", 14)]
    public void R43_Days_overdue_count_from_the_day_after_the_due_date(string on, int days)
    {
        var bill = GivenABill().Disconnect("2020-02-05").Overdue.Single();
        Assert.Equal((Day("2020-01-22"), days), (bill.CountsFrom!.Value, bill.DaysOverdue(Day(on))));
        Assert.Equal(0, (bill with { CountsFrom = null }).DaysOverdue(Day(on)));
    }

    [Fact]
    public void R43_Of_several_bills_the_first_day_of_any_counts_and_their_cents_are_added()
    {
        var account = GivenABill().WhenABillIsImported("feb", 4_000);
        var answer = account.Disconnect("2020-03-20");
        Assert.Equal((May, 9_000), (answer.Verdict, answer.OverdueCents.Cents));
        Assert.Equal(Day("2020-02-06"), answer.EarliestOn);
        Assert.Equal(["jan", "feb"], answer.Overdue.Select(it => it.Bill.Id.Value));
        Assert.Null(GivenABill().Disconnect("2020-01-22").EarliestOn);
    }

    // Fourteen days and no day less between the last shielded date and the end of service.
    [Theory]
    [InlineData("2020-02-06", "2020-02-21")]
    [InlineData("2020-02-07", "2020-02-06")]
    [InlineData("2020-01-22", "2020-02-06")]
    [InlineData("2020-01-23", "2020-02-07")]
    public void R43_A_shield_that_is_declared_for_a_day_in_the_time_puts_the_end_off(string shield, string earliest) =>
        Assert.Equal(Day(earliest), GivenABill().Shielded("s", [shield]).Disconnect("2020-01-30").EarliestOn);

    [Fact]
    public void R43_Shields_that_follow_one_another_put_it_off_one_after_the_other() =>
        Assert.Equal(
            Day("2020-03-07"),
            GivenABill().Shielded("s", ["2020-02-21", "2020-02-06", "2020-03-08"]).Disconnect("2020-01-30").EarliestOn
        );

    [Fact]
    public void R43_A_shield_for_the_day_that_is_asked_about_is_told_before_anything_else()
    {
        var answer = GivenABill()
            .Shielded("s", ["2020-01-22"])
            .ThenDisconnect("2020-01-22", Shielded)
            .Disconnect("2020-01-22");
        Assert.Equal("s", answer.Shields.Single().Id);
    }

    [Fact]
    public void R42_A_bill_at_the_bank_waits_for_the_banks_answer() =>
        GivenABill(autopay: true)
            .WhenTheRunComesFor("jan")
            .ThenTheCity("jan", "2020-03-01", CityActionKind.AtBank)
            .ThenDisconnect("2020-03-01", CityHolds);

    [Theory]
    [InlineData("2020-01-21", null)]
    [InlineData("2020-01-22", null)]
    [InlineData("2020-01-23", CityActionKind.Scheduled)]
    public void R42_What_autopay_has_not_sent_is_the_citys_from_the_day_after_its_due_date(
        string on,
        CityActionKind? kind
    ) => GivenABill(autopay: true).ThenTheCity("jan", on, kind);

    // Told on the next bill that no merge covers: from its due date on the customer can pay both.
    [Theory]
    [InlineData("2020-02-18", CityActionKind.Merge)]
    [InlineData("2020-02-19", null)]
    public void R42_Without_autopay_a_merge_ends_on_the_due_date_of_the_bill_that_asks_for_it(
        string on,
        CityActionKind? kind
    ) => GivenABill().WhenFinanceMerges("jan").WhenABillIsImported("feb", 4_000).ThenTheCity("jan", on, kind);

    [Fact]
    public void R42_A_bill_that_is_merged_too_is_not_the_one_that_asks_for_it()
    {
        var account = GivenABill()
            .WhenFinanceMerges("jan")
            .WhenABillIsImported("feb", 4_000)
            .WhenFinanceMerges("feb", "second")
            .ThenTheCity("jan", "2020-03-01", CityActionKind.Merge)
            .WhenABillIsImported("mar", 3_000)
            .ThenTheCity("jan", "2020-03-17", CityActionKind.Merge)
            .ThenTheCity("jan", "2020-03-18", null);
        account.ThenPenalty("jan", "2020-03-25", PenaltyVerdict.NotYet, "2020-03-26");
    }

    [Fact]
    public void R42_A_merge_that_was_withdrawn_restarts_the_clock_on_that_day() =>
        GivenABill()
            .WhenFinanceMerges("jan")
            .On("2020-02-03")
            .WhenFinanceWithdraws("late-bills")
            .ThenPenalty("jan", "2020-02-10", PenaltyVerdict.NotYet, "2020-02-11")
            .ThenPenalty("jan", "2020-02-11", PenaltyVerdict.Assess, "2020-02-11");

    [Fact]
    public void R42_A_hold_of_another_cycle_or_of_other_days_restarts_nothing() =>
        GivenABill(autopay: true)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R02")
            .WhenFinanceDeclaresAHold("later", "2020-01-23", "2020-02-05")
            .WhenFinanceDeclaresAHold("others", "2020-01-22", "2020-01-22", 2)
            .On("2020-02-20")
            .WhenFinanceClears(1, 2)
            .ThenPenalty("jan", "2020-01-30", PenaltyVerdict.Assess, "2020-01-30");

    [Fact]
    public void R42_Of_two_holds_the_one_that_ended_last_restarts_the_clock() =>
        GivenABill(autopay: true)
            .On("2020-01-21")
            .WhenFinanceHolds("jan")
            .WhenFinanceHolds("jan", "second")
            .WhenAutopayGoesOff()
            .On("2020-02-10")
            .WhenFinanceWithdraws("second")
            .ThenPenalty("jan", "2020-03-01", PenaltyVerdict.CityHolds)
            .On("2020-02-20")
            .WhenFinanceClears(1)
            .ThenPenalty("jan", "2020-02-27", PenaltyVerdict.NotYet, "2020-02-28");

    [Fact]
    public void R42_A_hold_that_ended_before_the_due_date_restarts_nothing() =>
        GivenABill(autopay: true)
            .On("2020-01-14")
            .WhenFinanceHolds("jan")
            .On("2020-01-16")
            .WhenFinanceClears(1)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R02")
            .ThenPenalty("jan", "2020-01-29", PenaltyVerdict.NotYet, "2020-01-30");

    // The bill came after its due date: autopay was never to pay it in time, and its own dates stay.
    [Theory]
    [InlineData("2020-01-22", "2020-02-11")]
    [InlineData("2020-02-03", "2020-01-30")]
    public void R42_A_debit_that_was_sent_late_restarts_only_where_autopay_was_on_by_the_due_date(
        string on,
        string earliest
    )
    {
        var account = GivenAnAccount(autopay: false).WhenABillIsImported("jan", 5_000).On(on, "07:00");
        account.WhenAutopayGoesOn().WhenABillIsRearmed("jan").WhenTheRunComes("2020-02-03", "08:00");
        account.On("2020-02-07", "05:00").TheBankSaysNo("R02");
        account.ThenPenalty("jan", "2020-03-01", PenaltyVerdict.Assess, earliest);
    }

    // The bank's "no" of Jan 28 was repeated on Feb 4, and then the account was closed.
    [Theory]
    [InlineData("2020-01-27", null)]
    [InlineData("2020-01-28", CityActionKind.Retry)]
    [InlineData("2020-02-03", CityActionKind.Retry)]
    [InlineData("2020-02-04", null)]
    public void R42_Between_a_no_and_its_retry_the_city_was_to_ask_again_also_when_it_is_asked_about_later(
        string on,
        CityActionKind? kind
    ) =>
        GivenABill(autopay: true)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R01")
            .WhenTheRunComes("2020-02-04")
            .On("2020-02-10", "05:00")
            .TheBankSaysNo("R02")
            .ThenTheCity("jan", on, kind);
}
