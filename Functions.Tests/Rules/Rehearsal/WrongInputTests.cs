using System.Text.Json.Nodes;
using Autopay.Imports;
using Autopay.Rehearsal.Input;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>Wrong input ends with exit code 2 and says where: file, line, field.</summary>
public sealed class WrongInputTests
{
    private const string Start = """
        {
          "name": "Wrong", "timeZone": "America/Chicago",
          "start": "2020-01-13", "end": "2020-02-28",

        """;

    [Theory]
    [InlineData("""  "steps": [ { "at": "2020-01-13T08:00" "do": "halt" } ] }""", "timeline.json, line 4: ")]
    [InlineData("""  "steps": [ """, "timeline.json, line 4: ")]
    [InlineData("""  "steps": "none" }""", "timeline.json, line 4, field steps: not the kind of value")]
    [InlineData("""  "steps": [ { "do": "halt" } ] }""", "timeline.json, line 4, field steps[0].at: missing.")]
    [InlineData(
        """  "steps": [ { "at": "2020-01-13T08:00" } ] }""",
        "timeline.json, line 4, field steps[0].do: missing."
    )]
    [InlineData(
        """  "steps": [ { "at": "2020-01-13T08:00", "do": "pray" } ] }""",
        "timeline.json, line 4, field steps[0].do: 'pray' is not a step; one of import, "
    )]
    [InlineData(
        "  \"steps\": [\n  { \"at\": \"2020-01-13T08:00\", \"do\": \"halt\" },\n  { \"at\": \"13.01.2020\", "
            + "\"do\": \"halt\" } ] }",
        "timeline.json, line 6, field steps[1].at: expected the city's civil time"
    )]
    [InlineData(
        """  "steps": [ { "at": "2020-01-13T08:00Z", "do": "halt" } ] }""",
        "timeline.json, line 4, field steps[0].at: expected the city's civil time"
    )]
    [InlineData(
        """  "steps": [ { "at": "2020-01-13T08:00+13:00", "do": "halt" } ] }""",
        "timeline.json, line 4, field steps[0].at: expected the city's civil time"
    )]
    [InlineData(
        """  "steps": [ { "at": "2020-01-12T23:59", "do": "halt" } ] }""",
        "timeline.json, line 4, field steps[0].at: 2020-01-12T23:59 is outside 2020-01-13 to 2020-02-28."
    )]
    [InlineData(
        """  "steps": [ { "at": "2020-02-29T00:00", "do": "halt" } ] }""",
        "timeline.json, line 4, field steps[0].at: 2020-02-29T00:00 is outside"
    )]
    [InlineData(
        """  "steps": [ { "at": "2020-02-30T00:00", "do": "halt" } ] }""",
        "timeline.json, line 4, field steps[0].at: expected"
    )]
    [InlineData("""  "steps": [ null ] }""", "timeline.json, line 4, field steps[0]: expected an object.")]
    [InlineData("""  "cycles": [ null ] }""", "timeline.json, line 4, field cycles[0]: expected an object.")]
    [InlineData("""  "steps": null }""", "timeline.json, line 4, field steps: not the kind of value")]
    [InlineData("""  "policies": null }""", "timeline.json, line 4, field policies: not the kind of value")]
    [InlineData("""  "expect": null }""", "timeline.json, line 4, field expect: not the kind of value")]
    [InlineData(
        """  "expect": { "profitCents": 1 } }""",
        "timeline.json, line 4, field expect.profitCents: unknown; one of billedCents, "
    )]
    [InlineData(
        """  "expect": { "billedCents": "much" } }""",
        "timeline.json, line 4, field expect.billedCents: not the kind of value"
    )]
    [InlineData(
        """  "dueDateRunAt": "6 am" }""",
        "timeline.json, line 4, field dueDateRunAt: expected a time as HH:mm."
    )]
    [InlineData("""  "policies": { "maxRetries": -1 } }""", "timeline.json, line 4, field policies.maxRetries: ")]
    [InlineData(
        """  "policies": { "retryAfterBankingDays": [5, -1] } }""",
        "timeline.json, line 4, field policies.retryAfterBankingDays: "
    )]
    [InlineData(
        """  "policies": { "previousBalance": "maybe" } }""",
        "timeline.json, line 4, field policies.previousBalance: "
    )]
    [InlineData(
        """  "cycles": [ { "name": "Cycle 1" } ] }""",
        "timeline.json, line 4, field cycles[0].cycle: missing."
    )]
    public async Task A_wrong_timeline_is_named_by_line_and_field(string rest, string expected) =>
        await RefusedAsync(Start + rest, expected);

    [Theory]
    [InlineData(
        """{ "timeZone": "America/Chicago", "start": "2020-01-13", "end": "2020-02-28" }""",
        "timeline.json, line 1, field name: missing."
    )]
    [InlineData(
        """{ "name": "W", "timeZone": "Mars/Olympus", "start": "2020-01-13", "end": "2020-02-28" }""",
        "timeline.json, line 1, field timeZone: 'Mars/Olympus' is not"
    )]
    [InlineData(
        """{ "name": "W", "timeZone": "UTC", "start": "2020-01-13", "end": "2020-01-12" }""",
        "timeline.json, line 1, field end: the end is before the start."
    )]
    [InlineData(
        """{ "name": "W", "timeZone": "UTC", "start": "13/01/2020", "end": "2020-01-12" }""",
        "timeline.json, line 1, field start: expected a date as YYYY-MM-DD."
    )]
    [InlineData("null", "timeline.json, line 1, field : expected an object.")]
    [InlineData("", "timeline.json, line 1: ")]
    public async Task A_wrong_beginning_is_named_as_well(string json, string expected) =>
        await RefusedAsync(json, expected);

    [Theory]
    [InlineData("import", "kind file")]
    [InlineData("defer", "id cycles dueFrom dueTo action")]
    [InlineData("withdraw", "id")]
    [InlineData("clear", "cycles")]
    [InlineData("reopen", "cycles")]
    [InlineData("waive", "dueFrom dueTo penaltyFrom penaltyTo")]
    [InlineData("shield", "dates")]
    [InlineData("autopay", "account to")]
    [InlineData("skip", "account bill")]
    [InlineData("rearm", "account bill")]
    [InlineData("exempt", "account bill deferral")]
    [InlineData("suspend", "account")]
    [InlineData("approve", "bill")]
    [InlineData("cancel", "bill")]
    public async Task A_step_without_a_field_that_it_needs_is_refused(string verb, string needed)
    {
        foreach (var field in needed.Split(' '))
        {
            using var drill = new Drill().Account().Step("2020-01-14T08:00", verb, Without(field));
            var run = await Rehearse.RunAsync(drill.Write());
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(
                $"field steps[1].{field}: missing; a step '{verb}' needs it.",
                run.Errors,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("action", "postpone", "'postpone'; expected hold or merge.")]
    [InlineData("dueTo", "2020-01-01", "the window ends before it starts.")]
    public async Task A_deferral_that_makes_no_sense_is_refused(string field, string value, string expected)
    {
        var step = Without("none");
        step[field] = value;
        using var drill = new Drill().Account().Step("2020-01-14T08:00", "defer", step);
        Assert.Contains(
            $"steps[1].{field}: {expected}",
            (await Rehearse.RunAsync(drill.Write())).Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_of_no_kind_is_refused()
    {
        using var drill = new Drill()
            .Account()
            .Step("2020-01-14T08:00", "import", new() { ["kind"] = "bills", ["file"] = "gone.csv" });
        Assert.Contains(
            "steps[1].file: 'gone.csv' is not in the folder.",
            (await Rehearse.RunAsync(drill.Write())).Errors,
            StringComparison.Ordinal
        );
        using var other = new Drill()
            .Account()
            .Step("2020-01-14T08:00", "import", new() { ["kind"] = "invoices", ["file"] = "file-0.csv" });
        Assert.Contains(
            "steps[1].kind: 'invoices'; expected one of accounts, bills,",
            (await Rehearse.RunAsync(other.Write())).Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_without_a_timeline_is_refused()
    {
        using var drill = new Drill();
        var run = await Rehearse.RunAsync(drill.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("timeline.json: not found", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_row_is_named_by_file_line_and_column()
    {
        using var drill = new Drill()
            .Account()
            .Import(
                "2020-01-14T08:00",
                ImportKind.Payments,
                "P1,A1,5.00,cash,,2020-01-14,",
                "P2,A1,5.001,cash,,2020-02-30,"
            );
        var run = await Rehearse.RunAsync(drill.Write());
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "file-1.csv: line 3, amount: found '5.001', expected dollars",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("file-1.csv: line 3, received_on: found '2020-02-30'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_not_there_cannot_be_told()
    {
        using var drill = new Drill().Account();
        var run = await Rehearse.RunAsync(drill.Write(), account: "A9");
        Assert.Equal((2, "--account: there is no account A9."), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    public async Task An_unknown_field_only_warns()
    {
        using var drill = new Drill().Account().Step("2020-01-14T08:00", "halt", new() { ["colour"] = "red" });
        drill.Timeline["motto"] = "x";
        drill.Timeline["policies"] = new JsonObject { ["noticeDays"] = 10 };
        drill.Timeline["cycles"] = new JsonArray(new JsonObject { ["cycle"] = 1, ["mayor"] = "x" });
        var run = await Rehearse.RunAsync(drill.Write());
        Assert.Equal(0, run.ExitCode);
        Assert.All(
            (string[])["motto", "policies.noticeDays", "cycles[0].mayor", "steps[1].colour"],
            field =>
                Assert.Contains(
                    $"timeline.json: field {field} is not known and is ignored",
                    run.Output,
                    StringComparison.Ordinal
                )
        );
    }

    private static async Task RefusedAsync(string json, string expected)
    {
        using var drill = new Drill();
        await File.WriteAllTextAsync(
            Path.Combine(drill.Folder, TimelineFile.Name),
            json,
            TestContext.Current.CancellationToken
        );
        var run = await Rehearse.RunAsync(drill.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(expected, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePosition", run.Errors, StringComparison.Ordinal);
    }

    private static JsonObject Without(string field)
    {
        var step = new JsonObject
        {
            ["kind"] = "accounts",
            ["file"] = "file-0.csv",
            ["id"] = "x",
            ["cycles"] = new JsonArray(1),
            ["dueFrom"] = "2020-01-22",
            ["dueTo"] = "2020-01-23",
            ["penaltyFrom"] = "2020-01-22",
            ["penaltyTo"] = "2020-01-23",
            ["action"] = "hold",
            ["dates"] = new JsonArray("2020-01-22"),
            ["account"] = "A1",
            ["bill"] = "B1",
            ["to"] = "on",
        };
        step.Remove(field);
        return step;
    }
}
