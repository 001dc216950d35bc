using System.Globalization;
using System.Text.Json;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>A city whose cycle was held and cleared, and what two people do with its plan.</summary>
internal static class ReleaseDesk
{
    public const string Why = """{"reason":"All receipts are in"}""";

    public static async Task<Answer> PlannedAsync(AppHost app, string id = "R-1", string by = "ann")
    {
        var asked = await app.PostAsync("api/cycles/1/release-plan", Why, by);
        Assert.Equal((202, id), (asked.Status, asked["id"].GetString()));
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync($"api/releases/{id}"))["step"].GetString() == "draft"
        );
        return await app.GetAsync($"api/releases/{id}");
    }

    public static Task<Answer> ApproveAsync(AppHost app, Answer sealedPlan, string by, string why = "Read it") =>
        app.PostAsync(
            $"api/releases/{sealedPlan["id"].GetString()}/approve",
            $$"""{"hash":"{{sealedPlan["hash"].GetString()}}","reason":"{{why}}"}""",
            by
        );

    public static async Task ProgressIsAsync(AppHost app, string expected, string id = "R-1")
    {
        var seen = "";
        await app.IdleAsync();
        await Eventually.HoldsAsync(
            expected,
            async () =>
            {
                var (answer, progress) = (await app.GetAsync($"api/releases/{id}/progress"), default(JsonElement));
                progress = answer["progress"];
                seen =
                    $"{answer["step"].GetString()}: sent {Sum(progress, "sent")}, stopped {Sum(progress, "stopped")}, "
                    + $"dropped {Sum(progress, "dropped")}, to go {Sum(progress, "toGo")}";
                return seen == expected;
            }
        );
    }

    public static string Sum(JsonElement sums, string name) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{sums.GetProperty(name).GetProperty("debits")} {sums.GetProperty(name).GetProperty("cents")}"
        );

    public static async Task<AppHost> ClearedAsync(
        AzuriteFixture azurite,
        params (string Account, string Charges)[] bills
    )
    {
        var app = await HeldAsync(azurite, bills);
        app.MoveTo("2020-02-20T10:00");
        await app.PutAsync("api/cycles/1/backlog", """{"state":"cleared","reason":"All entered"}""", "ann");
        await app.IdleAsync();
        return app;
    }

    public static async Task<AppHost> HeldAsync(AzuriteFixture azurite, params (string Account, string Charges)[] bills)
    {
        var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = new Dictionary<string, string?> { ["Autopay:ReleaseApproval"] = "true" } }
        );
        await app.ImportAsync("accounts", Csv.Accounts([.. bills.Select(bill => bill.Account)]));
        await app.ImportAsync(
            "bills",
            Csv.Bills([.. bills.Select(bill => ($"B-{bill.Account}", bill.Account, bill.Charges))])
        );
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"Down"}""",
            "ann"
        );
        return app;
    }
}
