using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Runs;

/// <summary>Long work answers at once: no front door cuts it, and what came of it is there to be asked for.</summary>
public sealed class RunHttpTests(AzuriteFixture azurite)
{
    private const string Why = """{"reason":"A customer calls"}""";

    [Theory]
    [InlineData("api/reconcile", "reconcile", "theirs")]
    [InlineData("api/invariants/check", "invariants", "invariants")]
    [InlineData("api/backups", "export", "sums")]
    [InlineData("api/receipts", "receipts", "issued")]
    public async Task What_takes_too_long_is_answered_with_where_to_ask(string route, string kind, string told)
    {
        await using var app = await ImpatientAsync();

        var answer = await app.PostAsync(route, Why, "operator");

        Assert.Equal((202, kind), (answer.Status, answer["kind"].GetString()));
        var run = await EndedAsync(app, answer);
        Assert.Equal("done", run["step"].GetString());
        Assert.EndsWith(": A customer calls", run["by"].GetString(), StringComparison.Ordinal);
        Assert.True(run["result"].TryGetProperty(told, out _), run.Text);
    }

    [Fact]
    public async Task A_deep_look_that_takes_too_long_goes_on_without_whoever_asked()
    {
        await using var app = await ImpatientAsync();

        var answer = await app.GetAsync("health/deep");

        Assert.Equal((202, "measure"), (answer.Status, answer["kind"].GetString()));
        Assert.True((await EndedAsync(app, answer))["result"].TryGetProperty("worklist", out _));
    }

    [Fact]
    public async Task Only_those_who_run_the_app_read_runs()
    {
        await using var app = await ImpatientAsync();
        var run = await EndedAsync(app, await app.PostAsync("api/backups", Why, "operator"));

        Assert.Equal(run["id"].GetString(), (await app.GetAsync("api/runs"))["items"][0].GetProperty("id").GetString());
        Assert.Equal(404, (await app.GetAsync("api/runs/20200101000000000")).Status);
        using var byAViewer = new HttpRequestMessage(HttpMethod.Get, run["at"].GetString()!.TrimStart('/'))
        {
            Headers = { { "X-Autopay-User", "viewer" } },
        };
        Assert.Equal(403, (await app.SendAsync(byAViewer)).Status);
    }

    private static async Task<Answer> EndedAsync(AppHost app, Answer asked)
    {
        var at = asked["at"].GetString()!.TrimStart('/');
        await Eventually.HoldsAsync(
            "the run has ended",
            async () => (await app.GetAsync(at))["step"].GetString() != "going"
        );
        return await app.GetAsync(at);
    }

    // It waits for nothing.
    private Task<AppHost> ImpatientAsync() =>
        AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            new AppPlan { Settings = new Dictionary<string, string?> { ["Autopay:AnswerWithin"] = "00:00:00" } }
        );
}
