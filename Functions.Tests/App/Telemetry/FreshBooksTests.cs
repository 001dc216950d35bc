using Autopay.Application;
using Autopay.Application.Telemetry;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Telemetry;

public sealed class FreshBooksTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2020, 1, 21, 14, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Books_are_shown_for_a_few_minutes_and_their_age_for_ever()
    {
        var clock = new CityClock(time, new CityCalendar(TimeZoneInfo.Utc));
        var (meter, shown) = ShownGauges.Of(() => new BooksMeter(clock));
        using var _ = shown;
        using var __ = meter;
        Assert.Empty(shown.Read());

        meter.Show(Halted(clock.Now.Utc));
        time.Advance(BooksMeter.FreshFor);
        var fresh = shown.Read();
        time.Advance(TimeSpan.FromSeconds(1));
        var stale = shown.Read();

        Assert.Equal((1L, 300L), (fresh["autopay.halted"], fresh["autopay.books.age"]));
        Assert.Contains("autopay.returns.rate", fresh.Keys);
        Assert.Equal([new("autopay.books.age", 301L)], stale);
    }

    [Fact]
    public async Task What_operators_are_told_by_deep_health_is_not_shown_to_dashboards()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        var (_, shown) = ShownGauges.Of(app.Services.GetRequiredService<BooksMeter>);
        using var __ = shown;

        Assert.Equal(200, (await app.GetAsync("health/deep")).Status);
        Assert.Empty(shown.Read());

        await app.Services.GetRequiredService<WatchBooks>().RunAsync(CancellationToken.None);
        Assert.Contains("autopay.halted", shown.Read().Keys);
    }

    private static Books Halted(DateTimeOffset at) =>
        new()
        {
            At = at,
            Halted = true,
            States = [],
            Queues = new Dictionary<string, long?>(),
            Stuck = new Dictionary<string, int>(),
            Worklist = [],
            Findings = new Findings([], 0, 0, 0),
            Returns = new ReturnTally(new DateOnly(2020, 1, 21), new ReturnCeilings()).Rates,
        };
}
