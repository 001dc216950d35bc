using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// A bill or payment that comes again with other content (R31): the old numbers were debited, and the file's were lost.
/// </summary>
public sealed class R31CorrectionCaseTests
{
    [Theory]
    [InlineData("reexport", 100_00, "charges 100.00, due 2020-01-22", "charges 80.00, due 2020-01-22")]
    [InlineData("due-change", 100_00, "charges 100.00, due 2020-01-22", "charges 100.00, due 2020-02-05")]
    [InlineData("payment-corrected", 90_00, "payment P1: 10.00 by cash", "payment P1: 100.00 by cash")]
    public async Task R31_The_debit_waits_for_a_person_who_sees_both_versions(
        string name,
        long open,
        string stored,
        string sent
    )
    {
        using var drill = CaseDrill.Of(name);
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits());
        Assert.Equal((0, 100_00 - open, open, 1), played.Money());
        var correction = Assert.Single(played.LedgerOf("A1").Work(), item => item.Kind == WorkKind.Correction);
        Assert.Contains(stored, correction.Reason, StringComparison.Ordinal);
        Assert.Contains(sent, correction.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("take", 80_00)]
    [InlineData("keep", 100_00)]
    public async Task R31_What_finance_says_of_the_charges_is_debited_on_the_due_date(string verb, long cents)
    {
        using var drill = CaseDrill
            .Of("reexport")
            .Then("2020-01-15T09:00", verb, ("bill", "B1"), ("reason", "The clerk knows"));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", cents, "2020-01-22")], played.Debits());
        Assert.Equal((cents, 0, 0, 0), played.Money());
        Assert.Equal((cents, 0), (played.Report.Totals.BilledCents, played.LedgerOf("A1").Corrections.Count));
    }

    [Theory]
    [InlineData("take", "2020-02-05")]
    [InlineData("keep", "2020-01-22")]
    public async Task R31_What_finance_says_of_the_due_date_is_the_day_of_the_debit(string verb, string day)
    {
        using var drill = CaseDrill
            .Of("due-change")
            .Then("2020-01-21T09:00", verb, ("bill", "B1"), ("reason", "The clerk knows"));
        var played = await drill.PlayAsync();
        Assert.Equal(("Collected", 100_00, day), played.Debits()[^1]);
        Assert.Equal((100_00, 0, 0, 0), played.Money());
        Assert.Equal(day, played.Of("A1").Bills.Single().DueDate.ToString("yyyy-MM-dd", null));
        Assert.Single(played.Asked());
    }

    [Theory]
    [InlineData("take", 100_00, 0, "Satisfied")]
    [InlineData("keep", 10_00, 90_00, "Collected")]
    public async Task R31_What_finance_says_of_the_payment_is_what_is_left_to_debit(
        string verb,
        long paid,
        long debited,
        string state
    )
    {
        using var drill = CaseDrill
            .Of("payment-corrected")
            .Then("2020-01-17T09:00", verb, ("payment", "P1"), ("reason", "Receipt seen"));
        var played = await drill.PlayAsync();
        Assert.Equal((debited, paid, 0, 0), played.Money());
        Assert.Equal((state, debited, debited == 0 ? null : "2020-01-22"), played.Debits()[^1]);
        Assert.Equal(0, played.Report.Totals.CreditCents);
    }

    // The files came in time: a person who decides two weeks after the due date is not asked a second time (R35).
    [Theory]
    [InlineData("reexport", "take", 80_00)]
    [InlineData("reexport", "keep", 100_00)]
    [InlineData("due-change", "take", 100_00)]
    public async Task R31_R35_A_late_decision_is_final_and_the_debit_leaves_that_day(
        string name,
        string verb,
        long cents
    )
    {
        using var drill = CaseDrill
            .Of(name)
            .Then("2020-02-20T09:00", verb, ("bill", "B1"), ("reason", "The clerk was ill"));
        var played = await drill.PlayAsync();
        Assert.Equal(("Collected", cents, "2020-02-20"), played.Debits()[^1]);
        Assert.Equal((cents, 0, 0, 0), played.Money());
    }

    [Fact]
    public async Task R31_Higher_charges_after_the_debit_are_blocked_until_finance_re_arms_the_bill()
    {
        using var drill = CaseDrill
            .Of("reexport")
            .Change("b2.csv", "80.00,0.00,80.00", "120.00,0.00,120.00")
            .Move("b2.csv", "2020-02-03T08:05")
            .Then("2020-02-04T09:00", "take", ("bill", "B1"), ("reason", "The meter was misread"));
        var played = await drill.PlayAsync();
        Assert.Equal((100_00, 0, 20_00, 0), played.Money());
        Assert.Single(played.Asked());
        Assert.Equal(WorkKind.Blocked, Assert.Single(played.LedgerOf("A1").Worklist()).Kind);
    }

    [Fact]
    public async Task R31_A_payment_that_was_lower_opens_cents_after_the_due_date_and_they_are_blocked()
    {
        using var drill = CaseDrill
            .Of("payment-corrected")
            .Move("p2.csv", "2020-01-15T08:00")
            .Move("p.csv", "2020-02-03T08:00")
            .Then("2020-02-04T09:00", "take", ("payment", "P1"), ("reason", "A typing error"));
        var played = await drill.PlayAsync();
        Assert.Equal((0, 10_00, 90_00, 0), played.Money());
        Assert.Empty(played.Asked());
        Assert.Equal(WorkKind.Blocked, Assert.Single(played.LedgerOf("A1").Worklist()).Kind);
    }

    [Fact]
    public async Task R31_Of_two_files_in_the_other_order_the_first_is_stored_and_the_second_asks()
    {
        using var drill = CaseDrill
            .Of("reexport")
            .Move("b2.csv", "2020-01-13T08:02")
            .Then("2020-01-15T09:00", "take", ("bill", "B1"), ("reason", "The bill was right at first"));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 100_00, "2020-01-22")], played.Debits());
    }

    [Fact]
    public async Task R31_Lower_charges_after_the_debit_put_the_difference_on_the_refund_list()
    {
        using var drill = CaseDrill
            .Of("reexport")
            .Move("b2.csv", "2020-02-03T08:05")
            .Then("2020-02-04T09:00", "take", ("bill", "B1"), ("reason", "The meter was misread"));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 100_00, "2020-01-22")], played.Debits());
        Assert.Equal((80_00, 20_00), (played.Report.Totals.CollectedCents, played.Report.Totals.CreditCents));
        Assert.Equal(20_00, Assert.Single(played.LedgerOf("A1").RefundList()).Left.Cents);
    }

    [Fact]
    public async Task R31_A_correction_stops_the_debits_of_its_account_only()
    {
        using var drill = CaseDrill
            .Of("payment-corrected")
            .Import("2020-01-13T08:01", ImportKind.Accounts, "A2,1,west,on,cus_A2,pm_good_A2,,,")
            .Import("2020-01-13T08:06", ImportKind.Bills, "B2,A2,1,2020-01-08,2020-01-22,2020-01-29,70.00,0.00,70.00");
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits());
        Assert.Equal([("Collected", 70_00, "2020-01-22")], played.Debits("A2"));
    }
}
