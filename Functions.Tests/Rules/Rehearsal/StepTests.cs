using System.Text.Json.Nodes;
using Autopay.Imports;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>Each kind of step, played once, and what it does.</summary>
public sealed class StepTests
{
    [Fact]
    public async Task Autopay_off_cancels_and_on_schedules_what_is_due_later()
    {
        using var drill = TwoBills()
            .OfAccount("2020-01-14T09:00", "autopay", to: "off")
            .OfAccount("2020-01-23T09:00", "autopay", to: "on");
        var played = await drill.PlayAsync();
        Assert.Equal(["Cancelled", "Cancelled", "Collected"], States(played));
        Assert.Equal((50_00L, 0L), (played.Bill("B1").OpenCents, played.Bill("B2").OpenCents));
    }

    [Fact]
    public async Task A_skipped_bill_leaves_its_debit_until_it_is_rearmed()
    {
        using var drill = TwoBills()
            .OfAccount("2020-01-21T09:00", "skip", "B1")
            .OfAccount("2020-02-24T09:00", "rearm", "B1");
        var played = await drill.PlayAsync();
        Assert.Equal(["Cancelled", "Collected", "Collected"], States(played));
        Assert.Equal(new DateOnly(2020, 2, 24), played.Debit(3).SubmittedOn);
    }

    [Fact]
    public async Task A_bill_in_flight_cannot_be_skipped_and_the_line_says_so()
    {
        using var drill = TwoBills().OfAccount("2020-01-23T09:00", "skip", "B1");
        var played = await drill.PlayAsync();
        Assert.Contains(
            "2020-01-23 09:00  skip      refused: Bill B1 is in flight",
            played.Lines[^1],
            StringComparison.Ordinal
        );
        Assert.Equal(50_00, played.Bill("B1").CollectedCents);
    }

    [Fact]
    public async Task A_suspension_defers_until_it_is_lifted()
    {
        using var drill = TwoBills()
            .OfAccount("2020-01-21T09:00", "suspend")
            .OfAccount("2020-01-28T09:00", "suspend", to: "off");
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-21 09:00", "2020-01-21 09:00"], played.When<DebitDeferred>());
        Assert.Equal(
            (new DateOnly(2020, 1, 28), new DateOnly(2020, 2, 19)),
            (played.Debit(1).SubmittedOn, played.Debit(2).SubmittedOn)
        );
    }

    [Theory]
    [InlineData("approve", "Collected", 50_00, "2020-01-27")]
    [InlineData("cancel", "Cancelled", 0, null)]
    public async Task A_debit_in_review_is_approved_or_cancelled_by_a_bill_on_it(
        string verb,
        string state,
        int collected,
        string? submittedOn
    )
    {
        using var drill = new Drill()
            .Account(cap: "49.99")
            .Bill("B1", "2020-01-22")
            .Step("2020-01-27T09:00", verb, new() { ["bill"] = "B1", ["reason"] = "asked" });
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-22 06:00"], played.When<DebitSentToReview>());
        Assert.Equal((state, collected), (Assert.Single(States(played)), played.Bill("B1").CollectedCents));
        Assert.Equal(submittedOn, played.Debit(1).SubmittedOn?.ToString("yyyy-MM-dd", null));
    }

    [Fact]
    public async Task A_review_that_there_is_not_and_an_account_that_there_is_not_are_refused()
    {
        using var drill = TwoBills()
            .Step("2020-01-14T09:00", "approve", new() { ["bill"] = "B1" })
            .Step("2020-01-14T09:01", "autopay", new() { ["account"] = "A9", ["to"] = "off" });
        var played = await drill.PlayAsync();
        Assert.EndsWith(
            "refused: No debit with bill B1 is waiting for review.",
            played.Lines[^2],
            StringComparison.Ordinal
        );
        Assert.EndsWith("refused: There is no account A9.", played.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_hold_releases()
    {
        using var drill = TwoBills()
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Step("2020-01-30T09:00", "withdraw", new() { ["id"] = "outage" });
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-30 09:00"], played.When<DebitReleased>());
        Assert.Equal(new DateOnly(2020, 1, 30), played.Debit(1).SubmittedOn);
    }

    [Fact]
    public async Task A_withdrawn_merge_comes_apart()
    {
        using var drill = TwoBills()
            .Merge("2020-01-14T09:00", "2020-01-22", "2020-01-22")
            .Step("2020-01-30T09:00", "withdraw", new() { ["id"] = "late" });
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-14 09:00"], played.When<DebitMerged>());
        Assert.Equal(["2020-01-30 09:00"], played.When<DebitUnmerged>());
        Assert.Equal([50_00, 20_00], played.Account.Debits.Select(debit => debit.AmountCents));
    }

    [Fact]
    public async Task A_reopened_cycle_holds_again_until_the_next_clear()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-29")
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Clear("2020-01-27T10:00")
            .Step(
                "2020-01-28T09:00",
                "reopen",
                new() { ["cycles"] = new JsonArray(1), ["reason"] = "a drawer was found" }
            )
            .Clear("2020-02-03T10:00");
        var played = await drill.PlayAsync();
        Assert.Equal(["2020-01-21 09:00", "2020-01-28 09:00"], played.When<DebitDeferred>());
        Assert.Equal(["2020-01-27 10:00", "2020-02-03 10:00"], played.When<DebitReleased>());
        Assert.Equal(new DateOnly(2020, 2, 3), played.Debit(1).SubmittedOn);
    }

    [Fact]
    public async Task A_halt_stops_charging_until_the_resume()
    {
        using var drill = TwoBills().Step("2020-01-22T05:30", "halt").Step("2020-01-23T09:00", "resume");
        Assert.Equal(["2020-01-23 09:00", "2020-02-19 06:00"], (await drill.PlayAsync()).When<AttemptSubmitted>());
    }

    [Fact]
    public async Task A_waiver_and_a_shield_are_recorded_and_charge_nothing()
    {
        using var drill = TwoBills()
            .Step(
                "2020-01-14T09:00",
                "waive",
                new()
                {
                    ["dueFrom"] = "2020-01-15",
                    ["dueTo"] = "2020-02-12",
                    ["penaltyFrom"] = "2020-01-22",
                    ["penaltyTo"] = "2020-02-19",
                }
            )
            .Step("2020-01-14T09:01", "shield", new() { ["dates"] = new JsonArray("2020-01-29", "2020-02-05") });
        var played = await drill.PlayAsync();
        Assert.Equal((true, false), (played.Bill("B1").PenaltyWaived, played.Bill("B2").PenaltyWaived));
        Assert.Equal(
            [new DateOnly(2020, 1, 29), new DateOnly(2020, 2, 5)],
            Assert.Single(played.World.Controls.Current.Shields).Dates
        );
    }

    [Theory]
    [InlineData(1, false, true)]
    [InlineData(2, false, false)]
    [InlineData(1, true, false)]
    public async Task A_waiver_and_a_shield_of_cycles_hold_until_they_are_taken_back(int cycle, bool ends, bool holds)
    {
        using var drill = TwoBills()
            .Step(
                "2020-01-14T09:00",
                "waive",
                new()
                {
                    ["id"] = "w",
                    ["cycles"] = new JsonArray(cycle),
                    ["dueFrom"] = "2020-01-15",
                    ["dueTo"] = "2020-02-12",
                    ["penaltyFrom"] = "2020-01-22",
                    ["penaltyTo"] = "2020-02-19",
                }
            )
            .Step(
                "2020-01-14T09:01",
                "shield",
                new()
                {
                    ["id"] = "s",
                    ["cycles"] = new JsonArray(cycle),
                    ["dates"] = new JsonArray("2020-01-29"),
                }
            );
        if (ends)
        {
            drill
                .Step("2020-01-14T09:02", "unwaive", new() { ["id"] = "w" })
                .Step("2020-01-14T09:03", "unshield", new() { ["id"] = "s" });
        }

        var played = await drill.PlayAsync();
        var shield = Assert.Single(played.World.Controls.Current.Shields);
        Assert.Equal(holds, played.Bill("B1").PenaltyWaived);
        Assert.Equal(holds, shield.DatesOf(new CycleNumber(1), played.World.City).Any());
        Assert.Equal(holds ? 1 : 0, played.Report.Protections.BillsWaived);
    }

    [Fact]
    public async Task Penalties_of_the_billing_system_are_compared_and_an_expectation_may_name_them()
    {
        using var drill = TwoBills().Import("2020-02-03T09:00", ImportKind.Penalties, "F1,A1,B1,5.00,2020-02-03,");
        drill.Timeline["expect"] = new JsonObject { ["penaltiesToReverse"] = 1, ["penalised"] = 0 };
        var played = await drill.PlayAsync();
        Assert.Empty(played.Failures);
        Assert.Equal((1, 500), (played.Report.Protections.ToReverse, played.Report.Protections.ToReverseCents));
        Assert.Equal(
            PenaltyVerdict.PaidInTime,
            played.Report.Protections.Penalties.Single(bill => bill.Bill == "B1").Verdict
        );
    }

    [Fact]
    public async Task A_reversed_payment_is_collected_after_all()
    {
        using var drill = TwoBills()
            .Pay("2020-01-14T09:00", "50.00", bill: "B1")
            .Import("2020-01-21T09:00", ImportKind.PaymentReversals, "P1,A1,check bounced");
        var played = await drill.PlayAsync();
        Assert.Equal((0L, 50_00L), (played.Bill("B1").PaidElsewhereCents, played.Bill("B1").CollectedCents));
        Assert.Equal(
            new DateOnly(2020, 1, 22),
            played.Account.Debits.Single(debit => debit.AmountCents == 50_00).SubmittedOn
        );
    }

    // R5: its due date is past, and finance says when.
    [Theory]
    [InlineData("file-4.csv", "2020-01-30")]
    [InlineData("no-such-file.csv", null)]
    public async Task What_an_import_opens_again_after_the_due_date_waits_until_that_import_is_re_armed(
        string import,
        string? submittedOn
    )
    {
        using var drill = TwoBills()
            .Pay("2020-01-14T09:00", "50.00", bill: "B1")
            .Import("2020-01-27T09:00", ImportKind.PaymentReversals, "P1,A1,check bounced")
            .Step("2020-01-30T09:00", "rearm", new() { ["import"] = import, ["reason"] = "the bank confirms it" });
        var played = await drill.PlayAsync();
        Assert.Contains(
            "1 bill opened again after the due date, $50.00: blocked",
            played.Lines[4],
            StringComparison.Ordinal
        );
        Assert.Equal(
            submittedOn,
            played
                .Account.Debits.SingleOrDefault(debit => debit.AmountCents == 50_00)
                ?.SubmittedOn?.ToString("yyyy-MM-dd", null)
        );
    }

    [Fact]
    public async Task An_adjusted_bill_is_charged_at_its_new_amount()
    {
        using var drill = TwoBills().Import("2020-01-14T09:00", ImportKind.BillAdjustments, "J1,A1,B1,-15.00,leak");
        var played = await drill.PlayAsync();
        Assert.Equal((35_00L, 35_00L), (played.Bill("B1").ChargesCents, played.Debit(1).AmountCents));
        Assert.Equal(55_00, played.Report.Totals.BilledCents);
    }

    [Fact]
    public async Task A_lower_balance_of_the_billing_system_sends_the_debit_to_a_person()
    {
        using var drill = TwoBills().Import("2020-01-14T09:00", ImportKind.Balances, "A1,B1,10.00,2020-01-14");
        Assert.Equal(["NeedsReview", "Collected"], States(await drill.PlayAsync()));
    }

    [Fact]
    public async Task The_same_file_twice_says_that_nothing_changed()
    {
        using var drill = TwoBills()
            .Step("2020-01-14T09:00", "import", new() { ["kind"] = "accounts", ["file"] = "file-0.csv" });
        Assert.EndsWith(
            "file-0.csv: already imported, nothing changed",
            (await drill.PlayAsync()).Lines[^1],
            StringComparison.Ordinal
        );
    }

    private static Drill TwoBills() =>
        new Drill().Account().Bill("B1", "2020-01-22").Bill("B2", "2020-02-19", "20.00", previous: "50.00");

    private static string[] States(Played played) => [.. played.Account.Debits.Select(debit => debit.State.ToString())];
}
