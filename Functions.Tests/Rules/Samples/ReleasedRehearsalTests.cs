using System.Text.Json.Nodes;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Rules.Rehearsal;

namespace Autopay.Tests.Rules.Samples;

/// <summary>A city that wants two people for a release comes out to the same cent; without them nothing goes.</summary>
public sealed class ReleasedRehearsalTests
{
    [Fact]
    public async Task With_a_release_after_each_clear_the_outage_comes_out_the_same()
    {
        var released = await PlayAsync(
            step => (string?)step["do"] is "clear" or "rearm",
            at => [.. Enumerable.Range(1, 4).Select(cycle => Release(at, cycle, acceptLate: true))]
        );
        var plain = await Played.FromAsync(CapeGirardeau.Folder);

        Assert.Empty(released.Failures);
        Assert.Equal(plain.Report.Totals, released.Report.Totals);
        Assert.All(released.Report.Invariants, invariant => Assert.True(invariant.Holds));
    }

    // A drawer of receipts was found after the clear.
    [Fact]
    public async Task A_release_waits_for_a_word_about_what_came_in_after_the_clear_that_says_all_is_in()
    {
        var released = await PlayAsync(
            step => (string?)step["do"] is "clear" or "rearm",
            at => [.. Enumerable.Range(1, 4).Select(cycle => Release(at, cycle, acceptLate: false))]
        );

        Assert.Contains(
            released.Lines,
            line =>
                line.Contains("refused: Nothing is released: ", StringComparison.Ordinal)
                && line.Contains("are other receipts of that drawer missing too?", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_a_release_nothing_that_was_held_is_sent()
    {
        var waiting = await PlayAsync(_ => false, _ => []);

        // What was carried into a later debit is a matter of cents (R11).
        var held = waiting
            .Report.Cycles.Where(cycle => cycle.Deferred > 0 && cycle.DueDate <= new DateOnly(2020, 2, 5))
            .ToList();
        Assert.All(held, cycle => Assert.InRange(cycle.CollectedCents, 0, 49));
        Assert.Contains(held, cycle => cycle is { Released: 15, CollectedCents: 40 });
    }

    // Refused where nothing of the cycle waits.
    private static JsonObject Release(string at, int cycle, bool acceptLate) =>
        new()
        {
            ["at"] = at,
            ["do"] = "release",
            ["cycles"] = new JsonArray(cycle),
            ["acceptLate"] = acceptLate,
        };

    private static async Task<Played> PlayAsync(Func<JsonNode, bool> isAfter, Func<string, JsonObject[]> more)
    {
        using var folder = new ScratchFolder();
        foreach (var file in Directory.GetFiles(CapeGirardeau.Folder, "*.csv"))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        var timeline = (JsonObject)CapeGirardeau.Timeline.DeepClone();
        timeline["policies"]!["releaseApproval"] = true;
        timeline["steps"] = new JsonArray([
            .. timeline["steps"]!
                .AsArray()
                .SelectMany(step =>
                    isAfter(step!)
                        ? [step!.DeepClone(), .. more((string)step["at"]!)]
                        : (IEnumerable<JsonNode>)[step!.DeepClone()]
                ),
        ]);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "timeline.json"), timeline.ToJsonString());
        return await Played.FromAsync(folder.Path);
    }
}
