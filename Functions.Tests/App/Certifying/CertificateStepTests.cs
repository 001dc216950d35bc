using System.Text.Json.Nodes;
using Autopay.Imports;
using Autopay.Tests.Rules.Rehearsal;

namespace Autopay.Tests.App.Certifying;

/// <summary>Counted totals and stale feeds in a rehearsal.</summary>
public sealed class CertificateStepTests
{
    [Fact]
    public async Task A_clear_and_a_withdrawal_are_refused_while_a_total_differs()
    {
        using var drill = Held()
            .Import("2020-02-17T08:00", ImportKind.ControlTotals, "2020-02-17,cash,,1,20.00,")
            .Clear("2020-02-17T09:00")
            .Step("2020-02-17T09:30", "withdraw", new() { ["id"] = "outage" })
            .Pay("2020-02-17T10:00", "20.00")
            .Step(
                "2020-02-17T11:00",
                "clear",
                new()
                {
                    ["cycles"] = new JsonArray(1),
                    ["receivedThrough"] = new JsonObject { ["cash"] = "2020-02-17" },
                }
            );

        var played = await drill.PlayAsync();

        Assert.Equal(
            [
                "clear     refused: Cycle 1 cannot be cleared. cash was counted (2020-02-17 cash), and receivedThrough does "
                    + "not name cash.",
                "withdraw  refused: Cycle 1 cannot be cleared: 1 of 1 totals differs, by $20.00. 2020-02-17 cash: counted 1, "
                    + "$20.00; entered 0, $0.00. No payment of $20.00 is in suspense, in a row that waits, or posted "
                    + "elsewhere: look for the receipts of 2020-02-17 cash.",
                "clear     cycle 1, received through 2020-02-17 (cash)",
            ],
            played
                .Lines.Where(line => line.Contains("  clear  ") || line.Contains("  withdraw  "))
                .Select(line => line[18..])
        );
        Assert.Equal((30_00L, 20_00L), (played.Bill("B1").CollectedCents, 50_00 - played.Bill("B1").CollectedCents));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(0, 50_00)]
    public async Task A_stale_feed_holds_what_falls_due_when_the_timeline_names_it(int days, long collected)
    {
        using var drill = new Drill().Account().Bill("B1", "2020-01-22");
        drill.Timeline["policies"] = new JsonObject { ["stalePaymentsDays"] = days };

        Assert.Equal(collected, (await drill.PlayAsync()).Bill("B1").CollectedCents);
    }

    [Fact]
    public void Control_totals_are_taken_whole()
    {
        using var drill = new Drill().Import("2020-01-14T08:00", ImportKind.ControlTotals, "2020-01-13,cash,,1,20.00,");
        var folder = drill.Write();
        var text = File.ReadAllText(Path.Combine(folder, "timeline.json"));
        File.WriteAllText(
            Path.Combine(folder, "timeline.json"),
            text.Replace("\"kind\":", "\"badRows\": \"setAside\", \"kind\":", StringComparison.Ordinal)
        );

        var wrong = Assert.Throws<Autopay.Rehearsal.Input.RehearsalInputException>(() =>
            Autopay.Rehearsal.Input.TimelineFile.Read(folder)
        );

        Assert.Contains("taken whole or not at all", wrong.Message, StringComparison.Ordinal);
    }

    private static Drill Held() =>
        new Drill().Account().Bill("B1", "2020-01-22").Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05");
}
