using Autopay.Imports;

namespace Autopay.Tests.Rules.Rehearsal;

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
        using var drill = accounts
            .Aggregate(
                new Drill(),
                (it, account) => it.Account(account).Bill($"{account}-01", "2020-01-22", "121.00", account: account)
            )
            .Import(
                "2020-01-14T08:00",
                ImportKind.Payments,
                [.. accounts.Select(account => $"P{account},{account},121.00,check,W1,2020-01-14,{account}-01")]
            )
            .Import(
                "2020-02-03T08:00",
                ImportKind.PaymentReversals,
                [.. accounts.Select(account => $"P{account},{account},relief money is booked instead")]
            );
        if (rearmed is not null)
        {
            drill.Step(
                $"{rearmed}T09:00",
                "rearm",
                new() { ["import"] = "file-7.csv", ["reason"] = "the reversals are right" }
            );
        }

        var played = await drill.PlayAsync();
        Assert.Contains(
            "3 bills opened again after the due date, $363.00: blocked",
            played.Lines[7],
            StringComparison.Ordinal
        );
        Assert.Equal(rearmed is null ? 0 : 363_00, played.Report.Totals.CollectedCents);
        var listed = rearmed is null ? 3 : 0;
        Assert.Equal(
            Enumerable.Repeat("payment-reversals", listed),
            played.World.Ledgers.Ledgers.SelectMany(it => it.Worklist()).Select(it => it.Import?[..17])
        );
        Assert.Equal(listed, played.World.Ledgers.Ledgers.Count(ledger => ledger.Worklist().Any()));
    }

    [Fact]
    public async Task R05_A_credit_bill_makes_the_next_debit_smaller()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22", "40.00")
            .Bill("B2", "2020-02-19", "-25.00", "2020-02-05T08:00", previous: "0.00")
            .Bill("B3", "2020-02-19", "31.00", "2020-02-05T08:01", previous: "-25.00");
        var played = await drill.PlayAsync();
        Assert.Equal(
            (46_00L, 46_00L, 0L, 0L),
            (
                played.Report.Totals.BilledCents,
                played.Report.Totals.CollectedCents,
                played.Report.Totals.CreditCents,
                played.Report.Totals.OpenCents
            )
        );
        Assert.Equal([40_00L, 6_00L], played.Account.Debits.Select(debit => debit.AmountCents));
        Assert.All(
            played.Account.Bills,
            bill => Assert.Equal(bill.ChargesCents, bill.CollectedCents + bill.PaidElsewhereCents + bill.OpenCents)
        );
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
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22", "100.00")
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Clear("2020-02-20T10:00")
            .Import("2020-03-02T08:05", ImportKind.Payments, "P1,A1,100.00,cash,D9,2020-01-31,B1");
        drill.Timeline["expect"] = new System.Text.Json.Nodes.JsonObject
        {
            ["paidTwiceCents"] = 100_00,
            ["collectedCents"] = 100_00,
            ["doubleCharges"] = 0,
        };
        Assert.Equal(100_00, (await drill.PlayAsync()).Report.Totals.PaidTwiceCents);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 4)]
    public async Task R36_A_bank_that_says_no_all_year_is_asked_for_three_debits_and_then_a_person(
        int most,
        int debited
    )
    {
        string[] due = ["2020-01-22", "2020-02-19", "2020-03-18", "2020-04-15"];
        using var drill = new Drill().Account(method: "pm_usBankAccount_insufficientFunds");
        drill.Timeline["end"] = "2020-06-30";
        drill.Timeline["policies"] = new System.Text.Json.Nodes.JsonObject { ["maxReturnsPerYear"] = most };
        for (var month = 0; month < due.Length; month++)
        {
            drill.Bill(
                $"B{month}",
                due[month],
                at: $"{due[month][..8]}05T08:00".Replace("01-05", "01-14", StringComparison.Ordinal),
                previous: $"{50 * month}.00"
            );
        }

        var played = await drill.PlayAsync();
        Assert.Equal(debited, played.Account.Debits.Count(debit => debit.Attempts > 0));
        Assert.Equal(
            most == 0 ? null : "returned 3 times in 12 months",
            played.World.Ledgers.Ledgers.Single().Suspension?.Reason
        );
    }

    [Fact]
    public async Task R34_The_next_tenant_pays_nothing_of_the_old_tenants_bill()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22", "100.00")
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Import("2020-02-01T08:00", ImportKind.Accounts, "A1,1,west,on,cus_TENANT2,pm_good_T2,,,")
            .Clear("2020-02-20T10:00");
        var played = await drill.PlayAsync();
        Assert.Equal(["NeedsReview"], States(played));
        Assert.Empty(played.World.Bank.Intents);
    }

    [Fact]
    public async Task R23_Autopay_that_goes_off_and_on_while_the_bill_is_held_is_collected_after_the_clear()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22", "100.00")
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Import("2020-01-27T09:00", ImportKind.Accounts, "A1,1,west,off,cus_A1,pm_good,,,")
            .Import(
                "2020-01-28T09:00",
                ImportKind.Accounts,
                "A1,1,west,on,cus_A1,pm_good,,,",
                "A9,1,west,off,cus_A9,pm_x,,,"
            )
            .Clear("2020-02-20T10:00");
        var played = await drill.PlayAsync();
        Assert.Equal(
            (100_00L, new DateOnly(2020, 2, 20)),
            (played.Report.Totals.CollectedCents, played.Debit(2).SubmittedOn)
        );
    }

    [Fact]
    public async Task R23_A_phone_call_stands_though_the_nightly_file_says_on()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22", "100.00")
            .OfAccount("2020-01-15T10:00", "autopay", to: "off")
            .Import(
                "2020-01-16T02:00",
                ImportKind.Accounts,
                "A1,1,west,on,cus_A1,pm_good,,,",
                "A9,1,west,off,cus_A9,pm_x,,,"
            );
        Assert.Equal(0, (await drill.PlayAsync()).Report.Totals.CollectedCents);
    }

    [Fact]
    public async Task R35_On_the_day_of_the_first_import_nothing_leaves_for_a_bill_of_last_year()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B0", "2019-12-25", "90.00")
            .Bill("B1", "2020-01-22", "100.00", "2020-01-13T08:30");
        var played = await drill.PlayAsync();
        Assert.Equal(["NeedsReview", "Collected"], States(played));
        Assert.Equal(100_00, played.Report.Totals.CollectedCents);
    }

    [Fact]
    public async Task R35_A_mistyped_year_waits_for_a_person()
    {
        using var drill = new Drill().Account().Bill("B1", "2019-01-22", "100.00");
        Assert.Equal(["NeedsReview"], States(await drill.PlayAsync()));
    }

    [Fact]
    public async Task R35_Money_of_tomorrow_is_a_mistake_of_the_file()
    {
        using var drill = new Drill()
            .Account()
            .Import("2020-01-14T09:00", ImportKind.Payments, "P1,A1,5.00,cash,,2020-01-15,");
        var run = await Rehearse.RunAsync(drill.Write());
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "line 2, received_on: found '2020-01-15', expected a date that is not after today",
            run.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task R35_A_clear_cannot_know_what_is_received_tomorrow()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Step(
                "2020-01-23T09:00",
                "clear",
                new()
                {
                    ["cycles"] = new System.Text.Json.Nodes.JsonArray(1),
                    ["receivedThrough"] = new System.Text.Json.Nodes.JsonObject { ["cash"] = "2020-01-24" },
                }
            );
        var played = await drill.PlayAsync();
        Assert.Contains(
            "refused: receivedThrough of cash is 2020-01-24: that is after today.",
            played.Lines[^1],
            StringComparison.Ordinal
        );
        Assert.Equal(0, played.Report.Totals.CollectedCents);
    }

    [Fact]
    public async Task R39_A_customer_off_autopay_is_known_without_ids_and_the_others_are_collected()
    {
        using var drill = new Drill()
            .Import("2020-01-13T08:00", ImportKind.Accounts, "A1,1,west,on,cus_A1,pm_good_A1,,,", "A2,1,west,off,,,,,")
            .Bill("B1", "2020-01-22", "100.00")
            .Bill("B2", "2020-01-22", "30.00", account: "A2")
            .Pay("2020-01-15T08:00", "10.00", account: "A2", bill: "B2")
            .Step(
                "2020-01-16T08:00",
                "autopay",
                new()
                {
                    ["account"] = "A2",
                    ["to"] = "on",
                    ["reason"] = "the customer asked",
                }
            );
        var played = await drill.PlayAsync();
        Assert.Equal((100_00L, 20_00L), (played.Report.Totals.CollectedCents, played.Report.Totals.OpenCents));
        Assert.Contains(
            played.Lines,
            line => line.Contains("refused: Autopay of account A2 cannot be switched on", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task R38_One_final_bill_is_collected_and_the_other_account_keeps_its_merge()
    {
        using var drill = new Drill()
            .Account("A1")
            .Account("A2")
            .Bill("F1", "2020-02-19", "40.00", "2020-02-06T08:00")
            .Bill("B2", "2020-02-19", "70.00", "2020-02-06T08:01", "A2")
            .Merge("2020-02-10T09:00", "2020-02-12", "2020-02-28", "m")
            .Bill("B3", "2020-03-18", "50.00", "2020-03-05T08:00", "A2", "70.00")
            .Step(
                "2020-03-10T09:00",
                "exempt",
                new()
                {
                    ["account"] = "A1",
                    ["bill"] = "F1",
                    ["deferral"] = "m",
                    ["reason"] = "final bill",
                }
            );
        var played = await drill.PlayAsync();
        Assert.Equal(["Collected"], States(played));
        Assert.Equal(new DateOnly(2020, 3, 10), played.Debit(1).SubmittedOn);
        Assert.Equal(
            ["Merged", "Collected"],
            played
                .Report.Accounts.Single(account => account.Account == "A2")
                .Debits.Select(debit => debit.State.ToString())
        );
        Assert.Equal(160_00, played.Report.Totals.CollectedCents);
    }

    [Fact]
    public async Task R38_An_exemption_that_is_taken_back_defers_again()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-02-19", "40.00", "2020-02-06T08:00")
            .Merge("2020-02-10T09:00", "2020-02-12", "2020-02-28", "m");
        foreach (var (at, to) in new[] { ("2020-02-11T09:00", "on"), ("2020-02-12T09:00", "off") })
        {
            drill.Step(
                at,
                "exempt",
                new()
                {
                    ["account"] = "A1",
                    ["bill"] = "B1",
                    ["deferral"] = "m",
                    ["to"] = to,
                }
            );
        }

        Assert.Equal(["Deferred"], States(await drill.PlayAsync()));
    }

    [Fact]
    public async Task R32_Cents_that_nothing_ever_collects_are_listed_after_a_cycle()
    {
        using var drill = new Drill().Account().Bill("B1", "2020-01-22", "0.49");
        drill.Timeline["expect"] = new System.Text.Json.Nodes.JsonObject { ["notCollectedCents"] = 49 };
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-02-20 06:00"], played.When<DebitNotCollected>());
        Assert.Contains(played.Report.Invariants, invariant => invariant is { Id: "I23", Holds: true, Looked: > 0 });
    }

    [Fact]
    public async Task R32_A_merge_without_a_next_bill_is_listed_after_a_cycle_and_a_bill_of_the_time_before_autopay_at_once()
    {
        using var drill = new Drill()
            .Account()
            .Account("A2", autopay: "off")
            .Bill("B1", "2020-02-19", "40.00", "2020-02-06T08:00")
            .Merge("2020-02-10T09:00", "2020-02-12", "2020-02-28")
            .Bill("B2", "2020-01-22", "70.00", account: "A2")
            .Step("2020-02-03T09:00", "autopay", new() { ["account"] = "A2", ["to"] = "on" });
        var played = await drill.PlayAsync();
        Assert.Equal((110_00L, 0L), (played.Report.Totals.NotCollectedCents, played.Report.Totals.CollectedCents));
        Assert.Equal(["2020-03-10 06:00"], played.When<DebitNotCollected>());
    }

    [Fact]
    public async Task The_table_counts_what_went_to_a_person()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22", "100.00", previous: "-20.00")
            .Bill("B2", "2020-02-19", "10.00", "2020-02-05T08:00", previous: "100.00");
        var played = await drill.PlayAsync();
        Assert.Equal((1, 0), (played.Cycle("2020-01-22").NeedsReview, played.Cycle("2020-02-19").NeedsReview));
    }
}
