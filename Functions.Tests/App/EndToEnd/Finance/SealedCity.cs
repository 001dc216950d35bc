using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>One account of 91.20 open, cleared on a counted total; its plan R-1 is sealed and waits.</summary>
internal static class SealedCity
{
    private const string Why = """{"reason":"All receipts are in"}""";

    private const string Counted = """
        {"totals":[{"receivedOn":"2020-01-20","channel":"cash","count":1,"amountCents":5000}],"reason":"The slips"}
        """;

    public static async Task<AppHost> StartAsync(AzuriteFixture azurite)
    {
        var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = new Dictionary<string, string?> { ["Autopay:ReleaseApproval"] = "true" } }
        );
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "141.20")));
        await app.PostAsync(
            "api/deferrals",
            """{"id":"outage","cycles":[1],"dueFrom":"2020-01-22","dueTo":"2020-02-05","action":"hold","reason":"d"}"""
        );
        await app.ImportAsync("payments", Csv.Payments(("P-1", "A-1", "50.00")));
        await app.PutAsync("api/cycles/1/certificate", Counted);
        app.MoveTo("2020-02-20T10:00");
        var cleared = await app.PutAsync(
            "api/cycles/1/backlog",
            """{"state":"cleared","reason":"All entered","receivedThrough":{"cash":"2020-01-20"}}""",
            "ann"
        );
        Assert.True(cleared.Status == 200, cleared.Text);
        await app.IdleAsync();
        await app.PostAsync("api/cycles/1/release-plan", Why, "ann");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "draft"
        );
        Assert.Equal(200, (await app.PostAsync("api/releases/R-1/seal", Why, "ann")).Status);
        return app;
    }
}
