using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Telemetry;

public sealed class HealthTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Ready_says_which_part_is_away_and_shows_a_halt()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        var ready = await app.GetAsync("health/ready");
        await app.PutAsync("api/halt", """{"halted":true,"reason":"test"}""");
        var halted = await app.GetAsync("health/ready");
        await app.Storage.Container("imports").DeleteAsync();
        var away = await app.GetAsync("health/ready");

        Assert.Equal((200, "ready", false), (ready.Status, ready["status"].GetString(), ready["halted"].GetBoolean()));
        Assert.InRange(ready["clockSkewSeconds"].GetInt32(), -5, 5);
        Assert.Equal((200, true), (halted.Status, halted["halted"].GetBoolean()));
        Assert.Equal((503, "storage is away", true, false), (away.Status, away["status"].GetString(), away["tables"].GetBoolean(), away["blobs"].GetBoolean()));
    }

    [Fact]
    public async Task Deep_tells_operators_when_the_sweep_last_ran_and_how_much_is_in_each_state()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        var before = await app.GetAsync("health/deep");
        await app.TickAsync();
        var after = await app.GetAsync("health/deep");

        Assert.False(before.Json.TryGetProperty("lastSweep", out var never) && never.GetDateTimeOffset() >= app.Clock.GetUtcNow());
        Assert.InRange(after["lastSweep"].GetDateTimeOffset(), app.Clock.GetUtcNow().AddMinutes(-5), app.Clock.GetUtcNow());
        Assert.Equal(0, after["queues"].GetProperty("evaluate").GetInt64());
    }
}
