using Autopay.Domain;
using Autopay.Imports;

namespace Autopay.Tests.Rehearsal;

/// <summary>What hurts a customer or is forgotten: small cities in which it once happened.</summary>
public sealed class CustomerCasesTests
{
    private static string[] States(Played played) => [.. played.Account.Debits.Select(debit => debit.State.ToString())];

    [Fact]
    public async Task R04_A_bill_that_prints_a_credit_which_our_books_do_not_know_waits_for_a_person()
    {
        using var drill = new Drill().Account().Bill("B1", "2020-01-22", "100.00", previous: "-20.00");
        var played = await drill.PlayAsync();
        Assert.Equal(["NeedsReview"], States(played));
        Assert.Equal((0L, 100_00L), (played.Report.Totals.CollectedCents, played.Report.Totals.OpenCents));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2020-02-05")]
    public async Task R05_Reversals_after_the_due_date_debit_nobody_before_finance_re_arms_their_import(string? rearmed)
    {
        string[] accounts = ["A1", "A2", "A3"];
        using var drill = accounts.Aggregate(new Drill(), (it, account) => it.Account(account).Bill($"{account}-01", "2020-01-22", "121.00", account: account))
            .Import("2020-01-14T08:00", ImportKind.Payments, [.. accounts.Select(account => $"P{account},{account},121.00,check,W1,2020-01-14,{account}-01")])
            .Import("2020-02-03T08:00", ImportKind.PaymentReversals, [.. accounts.Select(account => $"P{account},{account},relief money is booked instead")]);
        if (rearmed is not null)
        {
            drill.Step($"{rearmed}T09:00", "rearm", new() { ["import"] = "file-7.csv", ["reason"] = "the reversals are right" });
        }

        var played = await drill.PlayAsync();
        Assert.Contains("3 bills opened again after the due date, $363.00: blocked", played.Lines[7], StringComparison.Ordinal);
        Assert.Equal(rearmed is null ? 0 : 363_00, played.Report.Totals.CollectedCents);
        Assert.All(played.World.Ledgers.Ledgers.SelectMany(ledger => ledger.Worklist()), listed => Assert.StartsWith("payment-reversals-", listed.Import, StringComparison.Ordinal));
        Assert.Equal(rearmed is null ? 3 : 0, played.World.Ledgers.Ledgers.Count(ledger => ledger.IsOnWorklist));
    }

    [Fact]
    public async Task R05_A_credit_bill_makes_the_next_debit_smaller()
    {
        using var drill = new Drill().Account().Bill("B1", "2020-01-22", "40.00").Bill("B2", "2020-02-19", "-25.00", "2020-02-05T08:00", previous: "0.00")
            .Bill("B3", "2020-02-19", "31.00", "2020-02-05T08:01", previous: "-25.00");
        var played = await drill.PlayAsync();
        Assert.Equal((46_00L, 46_00L, 0L, 0L), (played.Report.Totals.BilledCents, played.Report.Totals.CollectedCents, played.Report.Totals.CreditCents, played.Report.Totals.OpenCents));
        Assert.Equal([40_00L, 6_00L], played.Account.Debits.Select(debit => debit.AmountCents));
        Assert.All(played.Account.Bills, bill => Assert.Equal(bill.ChargesCents, bill.CollectedCents + bill.PaidElsewhereCents + bill.OpenCents));
    }

    [Fact]
    public async Task R05_A_final_bill_below_zero_is_credit_and_no_debit()
    {
        using var drill = new Drill().Account().Bill("F2", "2020-01-22", "-35.00", previous: "20.00");
        var played = await drill.PlayAsync();
        Assert.Empty(played.Account.Debits);
        Assert.Equal((35_00L, 0L), (played.Account.CreditCents, played.Bill("F2").OpenCents));
    }

    [Fact]
    public async Task R28_A_drawer_that_is_found_after_the_debit_is_listed_as_paid_twice()
    {
        using var drill = new Drill().Account().Bill("B1", "2020-01-22", "100.00").Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05").Clear("2020-02-20T10:00")
            .Import("2020-03-02T08:05", ImportKind.Payments, "P1,A1,100.00,cash,D9,2020-01-31,B1");
        drill.Timeline["expect"] = new System.Text.Json.Nodes.JsonObject { ["paidTwiceCents"] = 100_00, ["collectedCents"] = 100_00, ["doubleCharges"] = 0 };
        Assert.Equal(100_00, (await drill.PlayAsync()).Report.Totals.PaidTwiceCents);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 4)]
    public async Task R36_A_bank_that_says_no_all_year_is_asked_for_three_debits_and_then_a_person(int most, int debited)
    {
        string[] due = ["2020-01-22", "2020-02-19", "2020-03-18", "2020-04-15"];
        using var drill = new Drill().Account(method: "pm_usBankAccount_insufficientFunds");
        drill.Timeline["end"] = "2020-06-30";
        drill.Timeline["policies"] = new System.Text.Json.Nodes.JsonObject { ["maxReturnsPerYear"] = most };
        for (var month = 0; month < due.Length; month++)
        {
            drill.Bill($"B{month}", due[month], at: $"{due[month][..8]}05T08:00".Replace("01-05", "01-14", StringComparison.Ordinal), previous: $"{50 * month}.00");
        }

        var played = await drill.PlayAsync();
        Assert.Equal(debited, played.Account.Debits.Count(debit => debit.Attempts > 0));
        Assert.Equal(most == 0 ? null : "returned 3 times in 12 months", played.World.Ledgers.Ledgers.Single().Suspension?.Reason);
    }
}
