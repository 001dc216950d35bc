using Autopay.Imports;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// What the billing system owes the customer: a printed credit that we do not know (R4) was debited, a bill below zero
/// (R5) refused its file.
/// </summary>
public sealed class R05CreditBillCaseTests
{
    [Fact]
    public async Task R04_A_bill_that_prints_a_credit_which_we_do_not_know_waits_for_a_person()
    {
        using var drill = CaseDrill.Of("credit-opening");
        var played = await drill.PlayAsync();
        Assert.Equal([("NeedsReview", 0, null)], played.Debits());
        Assert.Equal((0, 0, 100_00, 1), played.Money());
        Assert.Empty(played.Asked());
    }

    [Fact]
    public async Task R04_A_printed_credit_that_is_in_our_books_is_used_and_the_rest_is_debited()
    {
        using var drill = CaseDrill
            .Of("credit-opening")
            .Import("2020-01-13T08:02", ImportKind.Payments, "P1,A1,20.00,cash,D1,2020-01-07,");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 80_00, "2020-01-22")], played.Debits());
        Assert.Equal((80_00, 20_00, 0, 0), played.Money());
    }

    [Fact]
    public async Task R04_A_payment_that_explains_the_credit_later_is_used_once_finance_approves_the_rest()
    {
        using var drill = CaseDrill
            .Of("credit-opening")
            .Import("2020-01-23T08:00", ImportKind.Payments, "P1,A1,20.00,cash,D1,2020-01-07,")
            .Then("2020-01-23T09:00", "approve", ("bill", "B1"), ("reason", "The receipt was keyed into billing only"));
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 80_00, "2020-01-23")], played.Debits());
        Assert.Equal((80_00, 20_00, 0, 0), played.Money());
    }

    [Fact]
    public async Task R05_A_final_bill_below_zero_is_credit_of_its_account_and_the_rest_of_the_file_is_applied()
    {
        using var drill = CaseDrill.Of("negative-bill");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 100_00, "2020-01-22")], played.Debits());
        Assert.Empty(played.Debits("A2"));
        Assert.Equal((65_00, 100_00, 35_00), Credit(played));
        Assert.Equal(35_00, played.Of("A2").CreditCents);
    }

    [Fact]
    public async Task R05_Its_cents_make_the_next_debit_smaller()
    {
        using var drill = CaseDrill
            .Of("negative-bill")
            .Import(
                "2020-02-06T08:00",
                ImportKind.Bills,
                "G2,A2,1,2020-02-05,2020-02-19,2020-02-26,50.00,-35.00,15.00"
            );
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 15_00, "2020-02-19")], played.Debits("A2"));
        Assert.Equal((115_00, 115_00, 0), Credit(played));
    }

    [Theory]
    [InlineData("2020-01-14T08:00", 15_00, 0)]
    [InlineData("2020-02-14T08:00", 0, 15_00)]
    public async Task R05_An_adjustment_upwards_takes_back_the_credit_first_and_the_rest_is_owed(
        string at,
        long debited,
        long blocked
    )
    {
        using var drill = CaseDrill
            .Of("negative-bill")
            .Import(at, ImportKind.BillAdjustments, "J1,A2,F2,50.00,meter read again");
        var played = await drill.PlayAsync();
        Assert.Equal((115_00, 100_00 + debited, 0), Credit(played));
        Assert.Equal(
            blocked,
            played
                .LedgerOf("A2")
                .Worklist()
                .Where(bill => bill.Kind == WorkKind.Blocked)
                .Sum(bill => bill.Bill.Open.Cents)
        );
    }

    [Fact]
    public async Task R05_A_true_up_by_a_bill_below_zero_is_used_by_the_next_bill()
    {
        using var drill = CaseDrill.Of("07-credit-bill");
        var played = await drill.PlayAsync();
        Assert.Equal([("Collected", 40_00, "2026-06-24"), ("Collected", 6_00, "2026-07-24")], played.Debits("E1"));
        Assert.Equal((46_00, 46_00, 0), Credit(played));
    }

    // 40.00 were collected for charges that are now -25.00: of the 65.00 of credit 31.00 pay the next bill, the
    // collected first.
    [Fact]
    public async Task R05_A_true_up_by_an_adjustment_below_zero_is_credit_and_what_was_collected_is_on_the_refund_list()
    {
        using var drill = CaseDrill
            .Of("07-credit-bill")
            .Change("bills-true-up.csv", "E1-07,E1,1,2026-07-05,2026-07-24,2026-08-01,-25.00,40.00,15.00\n", "")
            .Change("bills-true-up.csv", "31.00,15.00,46.00", "31.00,-65.00,-34.00")
            .Then("2026-07-05T08:00", "import", ("kind", "bill-adjustments"), ("file", "true-up-by-adjustment.csv"));
        var played = await drill.PlayAsync();
        Assert.Equal(("Satisfied", 0, null), played.Debits("E1")[1]);
        Assert.Equal((6_00, 0, 34_00), Credit(played));
        Assert.Equal(9_00, played.LedgerOf("E1").RefundList().Sum(funds => funds.Left.Cents));
    }

    private static (long Billed, long Collected, long Credit) Credit(Rehearsal.Played played) =>
        (played.Report.Totals.BilledCents, played.Report.Totals.CollectedCents, played.Report.Totals.CreditCents);
}
