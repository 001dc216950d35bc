using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>A receipt that comes in after its cycle was cleared through its day is told, and two people look.</summary>
public sealed class LateReceiptHttpTests(AzuriteFixture azurite)
{
    private const string Why = """{"reason":"All receipts are in"}""";

    private const string Cleared =
        """{"state":"cleared","reason":"All entered","receivedThrough":{"cash":"2020-02-19"}}""";

    [Fact]
    public async Task It_stops_the_approval_of_a_plan_until_two_people_have_accepted_it()
    {
        await using var app = await SealedAsync();
        Assert.False(await IsToldAsync(app));
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "13.00")));

        await ThenItIsToldAsync(app, count: 1, waiting: 1);
        var item = Assert.Single(await WorkAsync(app));
        Assert.Contains("Payment P-1 of 13.00, 2020-01-20 cash, drawer W1", item, StringComparison.Ordinal);
        var refused = await RefusedAsync(app, () => ApproveReleaseAsync(app));
        Assert.Contains("P-1", refused.Detail, StringComparison.Ordinal);

        var asked = await AskAsync(app);
        Assert.StartsWith(
            "1 payment, $13.00, came in after cycle 1 was cleared",
            asked.GetProperty("shown").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(403, (await ApproveAsync(app, asked, "ann")).Status);
        Assert.Equal(409, (await ApproveReleaseAsync(app)).Status);
        Assert.Equal(200, (await ApproveAsync(app, asked, "bob")).Status);

        await ThenItIsToldAsync(app, count: 1, waiting: 0);
        Assert.Empty(await WorkAsync(app));
        Assert.Equal(200, (await ApproveReleaseAsync(app)).Status);
        Assert.True((await app.GetAsync("api/audit/verify"))["isWhole"].GetBoolean());
    }

    [Fact]
    public async Task What_came_after_the_question_was_not_accepted()
    {
        await using var app = await SealedAsync();
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "13.00")));
        var asked = await AskAsync(app);
        await app.ImportAsync("payments", Csv.Payments(("P-2", "A-2", "5.00")));

        var refused = await RefusedAsync(app, () => ApproveAsync(app, asked, "bob"));

        Assert.StartsWith("What you were shown is not so any more", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(409, (await ApproveReleaseAsync(app)).Status);
        Assert.Equal(200, (await ApproveAsync(app, await AskAsync(app), "bob")).Status);
        Assert.Equal(200, (await ApproveReleaseAsync(app)).Status);
    }

    [Fact]
    public async Task A_release_that_has_begun_goes_on_and_tells_it()
    {
        await using var app = await SealedAsync(first: 1);
        Assert.Equal(200, (await ApproveReleaseAsync(app)).Status);
        await StepIsAsync(app, "waitsForGo");
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "13.00")));

        await ThenItIsToldAsync(app, count: 1, waiting: 1);
        Assert.Single(await WorkAsync(app));
        Assert.Equal(200, (await app.PostAsync("api/releases/R-1/go", Why, "bob")).Status);
        await StepIsAsync(app, "done");
        Assert.Equal(
            4120 + 5000,
            (await app.GetAsync("api/releases/R-1"))["progress"].GetProperty("sent").GetProperty("cents").GetInt32()
        );
    }

    [Fact]
    public async Task A_cycle_that_is_cleared_anew_has_taken_it_into_account()
    {
        await using var app = await SealedAsync();
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "13.00")));
        app.MoveTo("2020-02-20T11:00");
        await app.PutAsync("api/cycles/1/backlog", """{"state":"open","reason":"Look for more"}""", "ann");
        Assert.Equal(200, (await app.PutAsync("api/cycles/1/backlog", Cleared, "ann")).Status);

        Assert.Empty(await WorkAsync(app));
        Assert.False(await IsToldAsync(app));
        Assert.Equal(
            409,
            (await app.PostAsync("api/cycles/1/certificate/override", """{"reason":"Nothing"}""", "ann")).Status
        );
        await PlanAsync(app, "R-2", first: 0);
        Assert.Equal(200, (await ApproveReleaseAsync(app, "R-2")).Status);
    }

    [Fact]
    public async Task Where_one_person_may_do_it_sealing_lets_nothing_go_either()
    {
        await using var app = await PlannedAsync(("Autopay:SecondPerson", "false"));
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-2", "13.00")));

        await RefusedAsync(app, () => app.PostAsync("api/releases/R-1/seal", Why, "ann"));

        await app.PostAsync("api/cycles/1/certificate/override", """{"reason":"Looked for it"}""", "ann");
        Assert.Equal(200, (await app.PostAsync("api/releases/R-1/seal", Why, "ann")).Status);
    }

    private static async Task<Answer> RefusedAsync(AppHost app, Func<Task<Answer>> ask)
    {
        Answer? refused = null;
        var changed = await app.ChangedByAsync(async () => refused = await ask());
        Assert.Equal(409, refused!.Status);
        Assert.Empty(changed);
        return refused;
    }

    private static async Task ThenItIsToldAsync(AppHost app, int count, int waiting)
    {
        foreach (var path in new[] { "api/cycles/1/certificate", "api/releases/R-1" })
        {
            var late = (await app.GetAsync(path))["lateReceipts"];
            Assert.Equal(
                (count, waiting),
                (late.GetProperty("count").GetInt32(), late.GetProperty("waiting").GetInt32())
            );
            Assert.Contains(
                "P-1",
                late.GetProperty("items")[0].GetProperty("text").GetString()!,
                StringComparison.Ordinal
            );
        }
    }

    private static async Task<bool> IsToldAsync(AppHost app) =>
        (await app.GetAsync("api/cycles/1/certificate")).Json.TryGetProperty("lateReceipts", out _);

    private static async Task<List<string>> WorkAsync(AppHost app) =>
        [
            .. (await app.GetAsync("api/work?kind=lateReceipt"))["items"]
                .EnumerateArray()
                .Select(item => item.GetProperty("reason").GetString()!),
        ];

    private static async Task<JsonElement> AskAsync(AppHost app)
    {
        var asked = await app.PostAsync(
            "api/cycles/1/certificate/override",
            """{"reason":"The drawer was counted again"}""",
            "ann"
        );
        Assert.True(asked.Status == 200, asked.Text);
        return asked["approvals"].EnumerateArray().Last();
    }

    private static Task<Answer> ApproveAsync(AppHost app, JsonElement approval, string by) =>
        app.PostAsync(
            $"api/approvals/{approval.GetProperty("id").GetString()}/approve",
            $$"""{"hash":"{{approval.GetProperty("hash").GetString()}}","reason":"Seen"}""",
            by
        );

    private static async Task<Answer> ApproveReleaseAsync(AppHost app, string id = "R-1") =>
        await app.PostAsync(
            $"api/releases/{id}/approve",
            $$"""{"hash":"{{(await app.GetAsync($"api/releases/{id}"))["hash"].GetString()}}","reason":"Read it"}""",
            "bob"
        );

    private static async Task StepIsAsync(AppHost app, string step)
    {
        await app.IdleAsync();
        await Eventually.HoldsAsync(
            step,
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == step
        );
    }

    private static async Task PlanAsync(AppHost app, string id, int? first)
    {
        await app.PostAsync("api/cycles/1/release-plan", Why, "ann");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync($"api/releases/{id}"))["step"].GetString() == "draft"
        );
        if (first is { } some)
        {
            await app.PostAsync($"api/releases/{id}/seal", $$"""{"reason":"Looked at","first":{{some}}}""", "ann");
        }
    }

    private async Task<AppHost> SealedAsync(int first = 0)
    {
        var app = await PlannedAsync();
        await app.PostAsync("api/releases/R-1/seal", $$"""{"reason":"Looked at","first":{{first}}}""", "ann");
        return app;
    }

    private async Task<AppHost> PlannedAsync(params (string Name, string Value)[] settings)
    {
        var plan = new AppPlan
        {
            Settings = settings
                .Append(("Autopay:ReleaseApproval", "true"))
                .ToDictionary(it => it.Item1, it => (string?)it.Item2),
        };
        var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01", plan);
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Down"}""",
            "ann"
        );
        app.MoveTo("2020-02-20T10:00");
        Assert.Equal(200, (await app.PutAsync("api/cycles/1/backlog", Cleared, "ann")).Status);
        await app.IdleAsync();
        await PlanAsync(app, "R-1", first: null);
        return app;
    }
}
