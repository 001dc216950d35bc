using System.Text.Json.Nodes;
using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// Rows that came before what they name (R33): they were lost, and the customer was debited all the same.
/// </summary>
public sealed class R33EarlyRowCaseTests
{
    [Theory]
    [InlineData("early-payment", "A1", 100_00)]
    [InlineData("02-payment-waits-in-suspense-under-its-own-account", "ORD-1", 64_00)]
    public async Task R33_A_payment_that_came_before_its_account_pays_the_bill_and_nothing_is_debited(
        string name,
        string account,
        long cents
    )
    {
        using var drill = CaseDrill.Of(name);
        var played = await drill.PlayAsync();
        Assert.Equal([("Satisfied", 0, null)], played.Debits(account));
        Assert.Equal((0, cents, 0, 0), played.Money());
        Assert.Equal((0, 0), (played.Report.Totals.WaitingRows, played.Report.Totals.CreditCents));
        Assert.Empty(played.Asked());
    }

    [Fact]
    public async Task R33_The_bill_may_come_before_the_account_too_and_before_the_payment()
    {
        using var drill = CaseDrill.Of("early-payment").Move("b.csv", "2020-01-13T06:30");
        var played = await drill.PlayAsync();
        Assert.Equal((0, 100_00, 0, 0), played.Money());
        Assert.Equal([("Satisfied", 0, null)], played.Debits());
    }

    [Fact]
    public async Task R33_Two_early_payments_of_which_one_bounced_leave_the_rest_to_the_debit()
    {
        using var drill = CaseDrill
            .Of("early-payment")
            .Change("p.csv", "100.00", "30.00")
            .Import("2020-01-13T07:05", ImportKind.Payments, "P2,A1,45.00,check,D1,2020-01-10,B1")
            .Import("2020-01-13T07:10", ImportKind.PaymentReversals, "P2,A1,bounced");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 70_00, "2020-01-22")], played.Debits());
        Assert.Equal((70_00, 30_00, 0, 0), played.Money());
        Assert.Equal(0, played.Report.Totals.WaitingRows);
    }

    [Theory]
    [InlineData("2020-01-14T08:00", true)]
    [InlineData("2020-01-22T08:00", true)]
    [InlineData("2020-01-23T08:00", false)]
    public async Task R33_A_bill_that_came_before_the_enrolment_is_collected_unless_it_was_due_before_that(
        string enrolled,
        bool collected
    )
    {
        var (before, total) = collected ? ("100.00", "105.00") : ("0.00", "5.00");
        using var drill = CaseDrill
            .Of("late-enrol")
            .Move("a.csv", enrolled)
            .Import(
                $"{enrolled[..10]}T09:00",
                ImportKind.Bills,
                $"B2,A1,1,2020-01-08,2020-03-25,2020-04-01,5.00,{before},{total}"
            );
        var played = await drill.PlayAsync();
        Assert.Equal(collected ? ["B1", "B2"] : ["B2"], played.Of("A1").Bills.Select(bill => bill.Bill));
        Assert.Equal(collected ? 105_00 : 5_00, played.Report.Totals.CollectedCents);
        Assert.Equal(collected, played.Debits().Contains(("Collected", 100_00, "2020-01-22")));
    }

    [Fact]
    public async Task R33_A_bill_of_the_outage_that_came_before_the_enrolment_is_held_like_the_others()
    {
        JsonArray cycle = [1];
        using var drill = CaseDrill
            .Of("late-enrol")
            .Move("a.csv", "2020-02-01T08:00")
            .Then(
                "2020-01-21T09:00",
                "defer",
                ("id", "outage"),
                ("cycles", cycle),
                ("dueFrom", "2020-01-22"),
                ("dueTo", "2020-02-05"),
                ("action", "hold"),
                ("reason", "The cashiers are down")
            )
            .Import("2020-01-25T09:00", ImportKind.Payments, "P1,A1,30.00,cash,D1,2020-01-24,")
            .Then("2020-02-20T10:00", "clear", ("cycles", cycle.DeepClone()));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 70_00, "2020-02-20")], played.Debits());
        Assert.Equal((70_00, 30_00, 0, 0), played.Money());
    }

    [Fact]
    public async Task R33_A_reversal_that_came_before_its_payment_takes_it_off_and_the_bill_is_debited_on_its_day()
    {
        using var drill = CaseDrill.Of("reversal-first");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 100_00, "2020-01-22")], played.Debits());
        Assert.Equal((100_00, 0, 0, 0), played.Money());
        Assert.Equal((0, 0), (played.Report.Totals.WaitingRows, played.Report.Totals.CreditCents));
    }

    [Fact]
    public async Task R33_A_reversal_whose_payment_never_comes_is_counted_as_waiting()
    {
        using var drill = CaseDrill.Of("reversal-first").Change("p.csv", "P1,", "P2,");
        var played = await drill.PlayAsync();
        Assert.Equal((0, 100_00, 0, 0), played.Money());
        Assert.Equal(1, played.Report.Totals.WaitingRows);
    }

    [Fact]
    public async Task R33_An_adjustment_that_came_before_its_bill_makes_the_debit_smaller()
    {
        using var drill = CaseDrill
            .Of("reversal-first")
            .Move("b.csv", "2020-01-14T08:00")
            .Import("2020-01-13T09:00", ImportKind.BillAdjustments, "J1,A1,B1,-30.00,leak allowance");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 70_00, "2020-01-22")], played.Debits());
        Assert.Equal(0, played.Report.Totals.WaitingRows);
    }
}
