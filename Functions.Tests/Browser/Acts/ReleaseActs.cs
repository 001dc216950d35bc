using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Acts;

/// <summary>A release as far as a test wants it, done over the routes.</summary>
internal static class ReleaseActs
{
    /// <summary>A plan of cycle 1, sealed by the preparer: one debit first, the rest after a go.</summary>
    public static async Task SealedAsync(AppHost app)
    {
        await app.PostAsync("api/cycles/1/release-plan", """{"reason":"All in"}""", "preparer");
        await Eventually.HoldsAsync(
            "the plan is made",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "draft"
        );
        var done = await app.PostAsync("api/releases/R-1/seal", """{"reason":"Looked at","first":1}""", "preparer");
        Assert.True(done.Status == 200, done.Text);
    }

    /// <summary>The first debit is with the bank, the rest waits for a go.</summary>
    public static async Task WaitsForGoAsync(AppHost app)
    {
        await SealedAsync(app);
        var hash = (await app.GetAsync("api/releases/R-1"))["hash"].GetString();
        var approved = await app.PostAsync(
            "api/releases/R-1/approve",
            $$"""{"hash":"{{hash}}","totalCents":15800,"reason":"Read it"}""",
            "approver"
        );
        Assert.True(approved.Status == 200, approved.Text);
        await Eventually.HoldsAsync(
            "the first is sent",
            async () => (await app.GetAsync("api/releases/R-1"))["step"].GetString() == "waitsForGo"
        );
    }
}
