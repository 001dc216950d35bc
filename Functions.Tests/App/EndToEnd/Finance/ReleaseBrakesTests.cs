using Autopay.Tests.Fixtures;
using static Autopay.Tests.App.EndToEnd.ReleaseDesk;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What two people agreed on goes as they agreed: in its time, in its waves, and by nobody alone (I25).</summary>
public sealed class ReleaseBrakesTests(AzuriteFixture azurite)
{
    private static readonly (string, string)[] Bills =
    [
        ("A-1", "41.20"),
        ("A-2", "63.00"),
        ("A-3", "55.00"),
        ("A-4", "20.00"),
    ];

    [Fact]
    public async Task Nobody_brings_back_alone_what_has_waited_too_long_for_its_go()
    {
        await using var app = await ApprovedAsync("""{"reason":"Looked at","first":1}""");
        await ProgressIsAsync(app, "waitsForGo: sent 1 4120, stopped 0 0, dropped 0 0, to go 3 13800");
        app.MoveTo("2020-04-20T10:00");
        await app.TickAsync();

        var refused = await app.PostAsync("api/releases/R-1/go", Why, "bob");

        Assert.Equal(409, refused.Status);
        Assert.StartsWith(
            "Release R-1 is over: it waited for its go until 2020-03-05.",
            refused.Detail,
            StringComparison.Ordinal
        );
        await app.TickAsync();
        await ProgressIsAsync(app, "ended: sent 1 4120, stopped 0 0, dropped 0 0, to go 3 13800");
    }

    [Fact]
    public async Task After_a_long_halt_nothing_leaves_under_a_release_that_is_over()
    {
        await using var app = await ApprovedAsync(Why, "2020-02-22T10:00");
        await app.IdleAsync();
        await app.PutAsync("api/halt", """{"halted":true,"reason":"The bank calls"}""", "ann");
        app.MoveTo("2020-04-20T10:00");
        await app.TickAsync();
        await ResumedAsync(app);

        await app.TickAsync();
        await ProgressIsAsync(app, "ended: sent 0 0, stopped 0 0, dropped 0 0, to go 4 17920");
        Assert.Equal(0, app.Sandbox.Control.Ledger("debit_id").Totals.Intents);
    }

    [Fact]
    public async Task After_a_halt_each_banking_day_has_its_limit_still()
    {
        await using var app = await ApprovedAsync(
            """{"reason":"Looked at","first":1,"goOn":"2020-02-21","dailyLimitCents":6400}"""
        );
        await ProgressIsAsync(app, "running: sent 1 4120, stopped 0 0, dropped 0 0, to go 3 13800");
        await app.PutAsync("api/halt", """{"halted":true,"reason":"The bank calls"}""", "ann");
        app.MoveTo("2020-02-27T10:00");
        await ResumedAsync(app);
        await app.TickAsync();
        await ProgressIsAsync(app, "running: sent 1 4120, stopped 0 0, dropped 0 0, to go 3 13800");

        app.MoveTo("2020-02-28T10:00");
        await app.TickAsync();
        await ProgressIsAsync(app, "running: sent 2 10420, stopped 0 0, dropped 0 0, to go 2 7500");
        app.MoveTo("2020-03-02T10:00");
        await app.TickAsync();
        await ProgressIsAsync(app, "running: sent 3 15920, stopped 0 0, dropped 0 0, to go 1 2000");
        app.MoveTo("2020-03-03T10:00");
        await app.TickAsync();
        await ProgressIsAsync(app, "done: sent 4 17920, stopped 0 0, dropped 0 0, to go 0 0");
    }

    [Fact]
    public async Task The_day_of_the_go_comes_after_the_first_debits_and_no_start_is_far_away()
    {
        await using var app = await ClearedAsync(azurite, Bills);
        await PlannedAsync(app);

        var soon = await app.PostAsync(
            "api/releases/R-1/seal",
            """{"reason":"x","first":1,"goOn":"2020-02-27","startAt":"2020-03-03T15:00:00Z"}""",
            "ann"
        );
        var far = await app.PostAsync(
            "api/releases/R-1/seal",
            """{"reason":"x","startAt":"2030-01-01T00:00:00Z"}""",
            "ann"
        );

        Assert.Equal((409, 409), (soon.Status, far.Status));
        Assert.StartsWith("goOn: expected a day after 2020-03-03", soon.Detail, StringComparison.Ordinal);
        Assert.StartsWith("startAt: expected an instant within 31 days", far.Detail, StringComparison.Ordinal);
        Assert.Equal("draft", (await app.GetAsync("api/releases/R-1"))["step"].GetString());
    }

    [Theory]
    [InlineData("ann", "bob")]
    [InlineData("bob", "ann")]
    public async Task Who_cleared_the_cycle_or_made_the_plan_does_not_approve_it(string clears, string plans)
    {
        await using var app = await HeldAsync(azurite, Bills);
        app.MoveTo("2020-02-20T10:00");
        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All entered"}""", clears);
        await PlannedAsync(app, by: plans);
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", Why, "dora");

        Assert.Equal(403, (await ApproveAsync(app, sealedPlan, "bob")).Status);
        Assert.Equal(200, (await ApproveAsync(app, sealedPlan, "cem")).Status);
    }

    private static async Task ResumedAsync(AppHost app)
    {
        var asked = await app.PostAsync("api/halt/resume", """{"reason":"It is settled"}""", "ann");
        var request = asked["approvals"].EnumerateArray().Last();
        var resumed = await app.PostAsync(
            $"api/approvals/{request.GetProperty("id").GetString()}/approve",
            $$"""{"hash":"{{request.GetProperty("hash").GetString()}}","reason":"Read it"}""",
            "bob"
        );
        Assert.True(resumed.Status == 200, resumed.Text);
    }

    private async Task<AppHost> ApprovedAsync(string terms, string? at = null)
    {
        var app = await ClearedAsync(azurite, Bills);
        if (at is not null)
        {
            app.MoveTo(at);
        }

        await PlannedAsync(app);
        var sealedPlan = await app.PostAsync("api/releases/R-1/seal", terms, "ann");
        Assert.True(sealedPlan.Status == 200, sealedPlan.Text);
        var approved = await ApproveAsync(app, sealedPlan, "bob");
        Assert.True(approved.Status == 200, approved.Text);
        return app;
    }
}
