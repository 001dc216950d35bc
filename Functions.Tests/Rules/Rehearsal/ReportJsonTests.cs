using System.Text.Json.Nodes;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>The report's JSON has the promised fields, no more and no less.</summary>
public sealed class ReportJsonTests
{
    [Fact]
    public async Task The_report_has_exactly_its_fields()
    {
        using var drill = Typical();
        var report = await ReportAsync(drill);
        Assert.Equal("name invariants totals cycles accounts protections", Fields(report));
        Assert.Equal(
            "proof billsWaived penalised toReverse toReverseCents shieldedDates penalties disconnects",
            Fields(report["protections"])
        );
        Assert.Equal("id holds looked", Fields(report["invariants"]![0]));
        Assert.Equal(
            "billedCents collectedCents paidElsewhereCents creditCents openCents "
                + "paidTwiceCents notCollectedCents waitingRows",
            Fields(report["totals"])
        );
        Assert.Equal(
            "cycle dueDate debits deferred merged released satisfied collected collectedCents needsReview",
            Fields(report["cycles"]![0])
        );
        Assert.Equal("account cycle creditCents bills debits", Fields(report["accounts"]![0]));
        Assert.Equal(
            "bill dueDate chargesCents paidElsewhereCents collectedCents openCents penaltyWaived",
            Fields(report["accounts"]![0]!["bills"]![0])
        );
        Assert.Equal(
            "debit dueDate state submittedOn amountCents lines attempts mergedInto reason",
            Fields(report["accounts"]![0]!["debits"]![0])
        );
        Assert.Equal("bill cents", Fields(report["accounts"]![0]!["debits"]![1]!["lines"]![0]));
    }

    [Fact]
    public async Task A_merged_debit_names_its_parent_and_charges_nothing_itself()
    {
        using var drill = Typical();
        var debits = (await ReportAsync(drill))["accounts"]![0]!["debits"]!;
        Assert.Equal(
            ("Merged", (string?)debits[1]!["debit"], 0),
            ((string?)debits[0]!["state"], (string?)debits[0]!["mergedInto"], (int)debits[0]!["attempts"]!)
        );
        Assert.Equal((0, 0), ((int)debits[0]!["amountCents"]!, debits[0]!["lines"]!.AsArray().Count));
        Assert.Equal(
            ("Collected", "2020-02-19", 7_000),
            ((string?)debits[1]!["state"], (string?)debits[1]!["submittedOn"], (int)debits[1]!["amountCents"]!)
        );
        Assert.Equal((1, null), ((int)debits[1]!["attempts"]!, (string?)debits[1]!["mergedInto"]));
    }

    [Fact]
    public async Task An_unsent_debit_shows_what_is_open_now_and_a_closed_one_that_was_never_sent_shows_nothing()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Pay("2020-01-14T09:00", "50.00", bill: "B1")
            .Bill("B2", "2020-04-29", "30.00", "2020-04-15T08:00")
            .Pay("2020-04-16T09:00", "10.00", "P2");
        var debits = (await ReportAsync(drill))["accounts"]![0]!["debits"]!;
        Assert.Equal(
            ("Satisfied", 0, null),
            ((string?)debits[0]!["state"], (int)debits[0]!["amountCents"]!, (string?)debits[0]!["submittedOn"])
        );
        Assert.Equal(
            ("Scheduled", 2_000, 2_000),
            ((string?)debits[1]!["state"], (int)debits[1]!["amountCents"]!, (int)debits[1]!["lines"]![0]!["cents"]!)
        );
    }

    [Theory]
    [InlineData("2020-01-22", "2020-01-29", true)]
    [InlineData("2020-01-23", "2020-01-29", false)]
    [InlineData("2020-01-22", "2020-01-28", false)]
    public async Task A_penalty_is_waived_when_both_dates_are_inside_the_windows(
        string dueFrom,
        string penaltyTo,
        bool waived
    )
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Step(
                "2020-02-13T09:00",
                "waive",
                new()
                {
                    ["dueFrom"] = dueFrom,
                    ["dueTo"] = "2020-02-12",
                    ["penaltyFrom"] = "2020-01-22",
                    ["penaltyTo"] = penaltyTo,
                }
            );
        Assert.Equal(waived, (bool)(await ReportAsync(drill))["accounts"]![0]!["bills"]![0]!["penaltyWaived"]!);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_a_wrong_input()
    {
        using var drill = Typical();
        var run = await Rehearse.RunAsync(drill.Write(), Path.Combine(drill.Folder, "nowhere", "report.json"));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("--report: ", run.Errors, StringComparison.Ordinal);
    }

    private static Drill Typical() =>
        new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Merge("2020-01-13T09:00", "2020-01-22", "2020-01-22")
            .Bill("B2", "2020-02-19", "20.00", "2020-02-05T08:00", previous: "50.00");

    private static async Task<JsonNode> ReportAsync(Drill drill)
    {
        var file = Path.Combine(drill.Folder, "report.json");
        var run = await Rehearse.RunAsync(drill.Write(), file);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
    }

    private static string Fields(JsonNode? node) => string.Join(' ', node!.AsObject().Select(field => field.Key));
}
