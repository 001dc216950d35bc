using System.Text.Json;
using Autopay.Tests.Fixtures;
using static Autopay.Tests.App.EndToEnd.ReleaseDesk;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>A clear charges nobody; a plan that another person approves does (I25, F48, N22 to N27).</summary>
public sealed class ReleaseTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_outage_ends_with_a_plan_that_two_people_agree_on()
    {
        await using var app = await ClearedAsync(
            ("A-1", "41.20"),
            ("A-2", "63.00"),
            ("A-3", "55.00"),
            ("A-4", "20.00")
        );
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-4", "20.00")));
        await app.TickAsync();
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
        Assert.Equal(
            ["3 debits of cycle 1, 159.20, were held and wait for an approved release"],
            await WaitingAsync(app)
        );

        var plan = await PlannedAsync(app);
        Assert.Equal("held 4 17920, paid 1 2000, small 0 0, review 0 0, waits 0 0, bank 3 15920", Text(plan["totals"]));
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", """{"reason":"Looked at","first":1}""", "ann");
        Assert.True(sealedPlan.Status == 200, sealedPlan.Text);
        Assert.Contains(
            "Release R-1: 3 debits, $159.20, go to the bank for cycle 1. The first 1 go, then the rest waits for a go",
            sealedPlan["shown"].GetString(),
            StringComparison.Ordinal
        );

        // N22: the same object id in other letters is the same person.
        Assert.Empty(
            await app.ChangedByAsync(async () => Assert.Equal(403, (await ApproveAsync(app, sealedPlan, "ANN")).Status))
        );
        var approved = await ApproveAsync(app, sealedPlan, "bob");
        Assert.True(approved.Status == 200, approved.Text);
        await ProgressIsAsync(app, "waitsForGo: sent 1 4120, stopped 0 0, dropped 0 0, to go 2 11800");
        await ThenItIsRefusedAsync(app, () => ApproveAsync(app, sealedPlan, "cem"));

        // A counter payment keyed after the approval lowers one debit, and a corrected bill stops another.
        await app.ImportAsync("payments", Csv.Payments(("P-2", "A-2", "13.00")));
        await app.ImportAsync(
            "bill-adjustments",
            "adjustment_id,account_id,bill_id,amount,reason\nadj-1,A-3,B-A-3,5.00,read again\n"
        );
        Assert.Equal(200, (await app.PostAsync("api/releases/R-1/go", Why, "bob")).Status);
        await ProgressIsAsync(app, "done: sent 2 9120, stopped 1 5500, dropped 0 0, to go 0 0");

        Assert.Empty(await WaitingAsync(app));
        Assert.Equal("needsReview", await StateOfAsync(app, "A-3"));
        var ledger = app.Sandbox.Control.Ledger("debit_id");
        Assert.Equal((2, 9120, 0), (ledger.Totals.Intents, ledger.Totals.ProcessingCents, ledger.ChargedTwice.Count));
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }

    [Fact]
    public async Task N26_a_cycle_that_is_not_cleared_has_no_plan()
    {
        await using var app = await HeldAsync(azurite, ("A-1", "41.20"));

        var refused = await ThenItIsRefusedAsync(app, () => app.PostAsync("api/cycles/1/release-plan", Why, "ann"));

        Assert.Equal("Cycle 1 is not cleared: 'outage' holds it (Down).", refused.Detail);
    }

    [Fact]
    public async Task N24_a_cycle_that_was_opened_and_cleared_again_needs_another_plan()
    {
        await using var app = await ClearedAsync(("A-1", "41.20"));
        await PlannedAsync(app);
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", Why, "ann");
        await app.PutAsync("api/cycles/1/backlog", """{"state":"open","reason":"A drawer was found"}""");
        app.MoveTo("2020-02-20T11:00");
        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"Entered"}""");

        var refused = await ThenItIsRefusedAsync(app, () => ApproveAsync(app, sealedPlan, "bob"));

        Assert.Contains("make another plan", refused.Detail, StringComparison.Ordinal);
        await app.TickAsync();
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    [Fact]
    public async Task N25_a_plan_that_nobody_approved_within_a_day_has_expired()
    {
        await using var app = await ClearedAsync(("A-1", "41.20"));
        await PlannedAsync(app);
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", Why, "ann");
        app.MoveTo("2020-02-21T10:30");

        await ThenItIsRefusedAsync(app, () => ApproveAsync(app, sealedPlan, "bob"));
        Assert.Equal("expired", (await app.GetAsync("api/releases/R-1"))["step"].GetString());
        Assert.Equal(1, (await app.GetAsync("api/releases?state=expired"))["items"].GetArrayLength());
        Assert.Equal(0, (await app.GetAsync("api/releases?state=running"))["items"].GetArrayLength());
        Assert.Equal(400, (await app.GetAsync("api/releases?state=gone")).Status);
        await app.TickAsync();
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    [Fact]
    public async Task N27_twenty_clicks_at_once_are_one_approval()
    {
        await using var app = await ClearedAsync(("A-1", "41.20"), ("A-2", "63.00"));
        await PlannedAsync(app);
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", Why, "ann");

        // Each with a reason of its own: the same word at the same instant is one act, whoever's answer was lost.
        var clicks = Enumerable.Range(0, 20).Select(click => ApproveAsync(app, sealedPlan, "bob", $"Click {click}"));
        var answers = await Task.WhenAll(clicks);

        Assert.Equal((1, 19), (answers.Count(it => it.Status == 200), answers.Count(it => it.Status == 409)));
        await ProgressIsAsync(app, "done: sent 2 10420, stopped 0 0, dropped 0 0, to go 0 0");
        await ThenItIsRefusedAsync(app, () => ApproveAsync(app, sealedPlan, "bob", "Once more"));
        Assert.Empty(app.Sandbox.Control.Ledger("debit_id").ChargedTwice);
    }

    [Fact]
    public async Task A_stopped_release_leaves_what_is_not_sent_to_another_plan()
    {
        await using var app = await ClearedAsync(("A-1", "41.20"), ("A-2", "63.00"));
        await PlannedAsync(app);
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", """{"reason":"Looked at","first":1}""", "ann");
        await ApproveAsync(app, sealedPlan, "bob");
        await ProgressIsAsync(app, "waitsForGo: sent 1 4120, stopped 0 0, dropped 0 0, to go 1 6300");

        await app.PostAsync("api/releases/R-1/stop", Why, "ann");
        Assert.Equal(409, (await app.PostAsync("api/releases/R-1/go", Why, "bob")).Status);
        await app.TickAsync();
        await ProgressIsAsync(app, "stopped: sent 1 4120, stopped 1 6300, dropped 0 0, to go 0 0");

        var second = await PlannedAsync(app, "R-2");
        Assert.Equal("held 1 6300, paid 0 0, small 0 0, review 0 0, waits 0 0, bank 1 6300", Text(second["totals"]));
        Assert.Equal("1 4120", Sum(second["totals"], "gone"));
        var gone = (await app.GetAsync("api/releases/R-2/debits?outcome=gone"))["lines"].EnumerateArray().Single();
        Assert.Equal(
            ("A-1-1-0001", 4120),
            (gone.GetProperty("debit").GetString(), gone.GetProperty("lastPlan").GetInt32())
        );
        await ApproveAsync(app, await app.PostAsync("api/releases/R-2/seal", Why, "ann"), "bob");
        await ProgressIsAsync(app, "done: sent 1 6300, stopped 0 0, dropped 0 0, to go 0 0", "R-2");
    }

    [Fact]
    public async Task Too_much_drift_stops_the_release()
    {
        await using var app = await ClearedAsync(
            ("A-1", "41.20"),
            ("A-2", "63.00"),
            ("A-3", "55.00"),
            ("A-4", "20.00")
        );
        await PlannedAsync(app);
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", Why, "ann");
        await app.ImportAsync(
            "bill-adjustments",
            "adjustment_id,account_id,bill_id,amount,reason\nadj-1,A-3,B-A-3,5.00,r\nadj-2,A-4,B-A-4,5.00,r\n"
        );

        await ApproveAsync(app, sealedPlan, "bob");
        await app.IdleAsync();
        await Eventually.HoldsAsync(
            "the release is stopped",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "stopped"
        );

        var stopped = (await app.GetAsync("api/releases/R-1"))["stopped"];
        Assert.Equal(
            ("autopay", "2 of 4 debits are not what was approved: more than 10 %"),
            (stopped.GetProperty("by").GetString(), stopped.GetProperty("why").GetString())
        );
    }

    [Fact]
    public async Task Who_made_a_plan_is_in_the_chained_record_with_what_it_came_to()
    {
        await using var app = await ClearedAsync(("A-1", "41.20"), ("A-2", "63.00"));
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "3.00")));
        await PlannedAsync(app);

        var act = Assert.Single((await app.GetAsync("api/audit?what=planMade"))["acts"].EnumerateArray());

        var change = act.GetProperty("change");
        Assert.Equal(
            (
                "ann",
                "All receipts are in",
                "R-1",
                1,
                "held 2 10420, paid 1 300, small 0 0, review 0 0, waits 0 0, bank 2 10120"
            ),
            (
                act.GetProperty("by").GetString(),
                act.GetProperty("why").GetString(),
                change.GetProperty("id").GetString(),
                change.GetProperty("cycle").GetInt32(),
                Text(change.GetProperty("totals"))
            )
        );
        Assert.Equal("1 300", Sum(change.GetProperty("totals"), "backPayments"));
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }

    [Fact]
    public async Task Each_debit_of_a_plan_says_on_which_day_it_leaves()
    {
        await using var app = await ClearedAsync(("A-1", "41.20"), ("A-2", "63.00"), ("A-3", "55.00"));
        await PlannedAsync(app);
        Assert.Equal(["2020-02-20", "2020-02-20", "2020-02-20"], await LeavingAsync(app));

        await app.PostAsync(
            "api/releases/R-1/seal",
            """{"reason":"Looked at","first":1,"goOn":"2020-02-21","dailyLimitCents":6400}""",
            "ann"
        );

        Assert.Equal(["2020-02-20", "2020-02-21", "2020-02-24"], await LeavingAsync(app));
    }

    [Fact]
    public async Task The_debits_of_a_plan_are_listed_in_pages_and_as_a_file()
    {
        await using var app = await ClearedAsync(("A-1", "41.20"), ("A-2", "63.00"), ("A-3", "55.00"));
        await PlannedAsync(app);

        var first = await app.GetAsync("api/releases/R-1/debits?sort=amount&limit=2");
        var second = await app.GetAsync(
            $"api/releases/R-1/debits?sort=amount&limit=2&after={first["next"].GetString()}"
        );
        Assert.Equal(["A-2-1-0001", "A-3-1-0001"], DebitsOf(first));
        Assert.Equal(["A-1-1-0001"], DebitsOf(second));
        Assert.Equal((3, 15920), (second["total"].GetInt32(), second["totalCents"].GetInt32()));
        Assert.Equal(400, (await app.GetAsync("api/releases/R-1/debits?after=A-9-1-0001")).Status);
        Assert.Equal(400, (await app.GetAsync("api/releases/R-1/debits?flag=none")).Status);
        Assert.Equal(404, (await app.GetAsync("api/releases/R-2/debits")).Status);
        var file = (await app.GetAsync("api/releases/R-1/debits?format=csv")).Text;
        Assert.StartsWith("account,debit,due_date", file, StringComparison.Ordinal);
        Assert.Contains(
            "A-1,A-1-1-0001,2020-01-22,41.20,0.00,0.00,41.20,B-A-1 41.20,toBank,,,2020-02-20,,planned,0.00",
            file,
            StringComparison.Ordinal
        );
        Assert.Contains("total,,,,,,159.20,,3 debits", file, StringComparison.Ordinal);
    }

    private static async Task<Answer> ThenItIsRefusedAsync(AppHost app, Func<Task<Answer>> ask)
    {
        Answer? refused = null;
        var changed = await app.ChangedByAsync(async () => refused = await ask());
        Assert.Equal(409, refused!.Status);
        Assert.Empty(changed);
        return refused;
    }

    private static async Task<List<string?>> LeavingAsync(AppHost app) =>
        [
            .. (await app.GetAsync("api/releases/R-1/debits"))["lines"]
                .EnumerateArray()
                .Select(line => line.GetProperty("leavesOn").GetString()),
        ];

    private static string Text(JsonElement totals) =>
        $"held {Sum(totals, "held")}, paid {Sum(totals, "paidElsewhere")}, small {Sum(totals, "underMinimum")}, "
        + $"review {Sum(totals, "review")}, waits {Sum(totals, "waits")}, bank {Sum(totals, "toBank")}";

    private static async Task<List<string?>> WaitingAsync(AppHost app) =>
        [
            .. (await app.GetAsync("api/work?kind=release"))["items"]
                .EnumerateArray()
                .Select(item => item.GetProperty("reason").GetString()),
        ];

    private static IEnumerable<string?> DebitsOf(Answer page) =>
        page["lines"].EnumerateArray().Select(line => line.GetProperty("debit").GetString());

    private static async Task<string?> StateOfAsync(AppHost app, string account) =>
        (await app.GetAsync($"api/accounts/{account}"))["debits"][0].GetProperty("state").GetString();

    private Task<AppHost> ClearedAsync(params (string Account, string Charges)[] bills) =>
        ReleaseDesk.ClearedAsync(azurite, bills);
}
