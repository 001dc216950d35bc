using Autopay.Application;
using Autopay.Application.Telemetry;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Autopay.Tests.App.Telemetry;

public sealed class HealthTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Ready_says_which_part_is_away_and_shows_a_halt()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        var (live, ready) = (await app.GetAsync("health/live"), await app.GetAsync("health/ready"));
        await app.PutAsync("api/halt", """{"halted":true,"reason":"test"}""");
        var halted = await app.GetAsync("health/ready");
        await app.Storage.Container("imports").DeleteAsync();
        var away = await app.GetAsync("health/ready");

        Assert.Equal((200, "ready", false), (ready.Status, ready["status"].GetString(), ready["halted"].GetBoolean()));
        Assert.InRange(ready["clockSkewSeconds"].GetInt32(), -5, 5);
        Assert.Equal((200, true), (halted.Status, halted["halted"].GetBoolean()));
        Assert.Equal(
            (ThisBuild.Current.Version, ThisBuild.Current.Build, AccountLedger.CurrentSchema, ThisBuild.Current.Build),
            (ready["version"].GetString(), BuildOf(ready), ready["schema"].GetInt32(), BuildOf(live))
        );
        Assert.Equal(
            (503, "storage is away", true, false),
            (away.Status, away["status"].GetString(), away["tables"].GetBoolean(), away["blobs"].GetBoolean())
        );
    }

    [Fact]
    public async Task That_everything_waits_for_reconcile_is_seen_wherever_a_halt_is()
    {
        var metrics = new List<Metric>();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
                builder.Services.ConfigureOpenTelemetryMeterProvider(meters => meters.AddInMemoryExporter(metrics))
        );
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20")));
        Assert.False((await app.GetAsync("health/ready")).Json.TryGetProperty("whyNothingIsCharged", out _));
        await app.PutAsync(
            "api/reconcile-before-charge",
            """{"on":true,"since":"2020-01-20T00:00:00Z","reason":"restore"}"""
        );
        await app.Services.GetRequiredService<WatchBooks>().RunAsync(CancellationToken.None);
        app.Services.GetRequiredService<MeterProvider>().ForceFlush();

        const string Why = "reconcile before charge: every intent since 2020-01-20 00:00:00Z is matched first";
        Assert.Equal(Why, (await app.GetAsync("health/ready"))["whyNothingIsCharged"].GetString());
        Assert.Equal(Why, (await app.GetAsync("api/controls"))["whyNothingIsCharged"].GetString());
        Assert.Equal(Why, (await app.GetAsync("api/accounts/A-1"))["debits"][0].GetProperty("why").GetString());
        Assert.Contains(metrics, metric => metric.Name == "autopay.reconcile_before_charge" && LastOf(metric) == 1);
    }

    [Theory]
    [InlineData("1.2.0+0f3c", "1.2.0", "0f3c")]
    [InlineData("1.2.0-rc.1+0f3c+dirty", "1.2.0-rc.1", "0f3c+dirty")]
    [InlineData("1.2.0", "1.2.0", null)]
    [InlineData("1.2.0+", "1.2.0", null)]
    public void A_build_is_its_release_and_the_commit_that_it_came_from(string text, string version, string? build) =>
        Assert.Equal(new ThisBuild(version, build), ThisBuild.Of(text));

    private static string? BuildOf(Answer answer) =>
        answer.Json.TryGetProperty("build", out var build) ? build.GetString() : null;

    private static long LastOf(Metric metric)
    {
        var last = 0L;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            last = point.GetGaugeLastValueLong();
        }

        return last;
    }

    [Fact]
    public async Task Deep_tells_operators_when_the_sweep_last_ran_and_how_much_is_in_each_state()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        var before = await app.GetAsync("health/deep");
        await app.TickAsync();
        var after = await app.GetAsync("health/deep");

        Assert.False(
            before.Json.TryGetProperty("lastSweep", out var never) && never.GetDateTimeOffset() >= app.Clock.GetUtcNow()
        );
        Assert.InRange(
            after["lastSweep"].GetDateTimeOffset(),
            app.Clock.GetUtcNow().AddMinutes(-5),
            app.Clock.GetUtcNow()
        );
        Assert.Equal(0, after["queues"].GetProperty("evaluate").GetInt64());
    }
}
