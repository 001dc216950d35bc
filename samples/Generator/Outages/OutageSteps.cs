using System.Text.Json.Nodes;
using Autopay.Samples.Generator.Files;

namespace Autopay.Samples.Generator.Outages;

/// <summary>The city's decisions in the outage, as timeline steps.</summary>
internal static class OutageSteps
{
    public static void AddTo(TimelineText timeline)
    {
        Hold(timeline);
        Protect(timeline);
        Merge(timeline);
        timeline.Add(Outage.Cleared, "clear", Clear([1, 2, 3], through: "2020-02-20"));
        timeline.Add(
            Outage.Reopened,
            "reopen",
            new() { ["cycles"] = Numbers([Outage.ReopenedCycle]), ["reason"] = "More receipts were found" }
        );
        timeline.Add(Outage.ClearedAgain, "clear", Clear([Outage.ReopenedCycle], through: "2020-02-27"));
        timeline.Add(Outage.Halted, "halt", new() { ["reason"] = "Bank file under question" });
        timeline.Add(Outage.Resumed, "resume", new() { ["reason"] = "Bank file explained" });
    }

    private static void Hold(TimelineText timeline) =>
        timeline.Add(
            Outage.HoldDeclared,
            "defer",
            Deferral("outage", [1, 2, 3, 4], Outage.HoldWindow, ("hold", "Cashier system down"))
        );

    private static void Merge(TimelineText timeline) =>
        timeline.Add(
            Outage.MergeDeclared,
            "defer",
            Deferral(
                "late-bills",
                Outage.MergedCycles,
                Outage.MergeWindow,
                ("merge", "February bill could not be delivered")
            )
        );

    private static void Protect(TimelineText timeline)
    {
        var dates = new JsonArray("2020-01-29", "2020-02-05", "2020-02-12", "2020-02-19");
        timeline.Add(new(2020, 1, 27, 9, 0, 0), "shield", new() { ["dates"] = dates });
        timeline.Add(
            new(2020, 2, 13, 9, 0, 0),
            "waive",
            new()
            {
                ["dueFrom"] = "2020-01-15",
                ["dueTo"] = "2020-02-12",
                ["penaltyFrom"] = "2020-01-22",
                ["penaltyTo"] = "2020-02-19",
            }
        );
    }

    private static JsonObject Deferral(
        string id,
        int[] cycles,
        (DateOnly From, DateOnly To) window,
        (string Action, string Reason) what
    ) =>
        new()
        {
            ["id"] = id,
            ["cycles"] = Numbers(cycles),
            ["dueFrom"] = CsvText.Day(window.From),
            ["dueTo"] = CsvText.Day(window.To),
            ["action"] = what.Action,
            ["reason"] = what.Reason,
        };

    private static JsonObject Clear(int[] cycles, string through) =>
        new()
        {
            ["cycles"] = Numbers(cycles),
            ["receivedThrough"] = new JsonObject
            {
                ["cash"] = through,
                ["check"] = through,
                ["card"] = through,
                ["online"] = through,
            },
        };

    private static JsonArray Numbers(int[] numbers) => new([.. numbers.Select(n => JsonValue.Create(n))]);
}
