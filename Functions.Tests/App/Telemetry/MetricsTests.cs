using Autopay.Application.Telemetry;
using Autopay.StripeSandbox.Faults;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Autopay.Tests.App.Telemetry;

public sealed class MetricsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Charges_calls_webhooks_and_the_books_can_be_seen_from_outside()
    {
        var metrics = new List<Metric>();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
                builder.Services.ConfigureOpenTelemetryMeterProvider(meters => meters.AddInMemoryExporter(metrics))
        );
        await app.ImportAsync(
            "accounts",
            Csv.Accounts("T-1", "T-2").Replace("pm_T-1", "pm_usBankAccount_success", StringComparison.Ordinal)
        );
        await app.ImportAsync("bills", Csv.Bills(("B-1", "T-1", "41.20"), ("B-2", "T-2", "63.00")));
        app.Sandbox.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.RateLimited,
                Match = new() { Path = "/v1/payment_intents/*/confirm", Count = 1 },
            }
        );
        var meters = app.Services.GetRequiredService<MeterProvider>();
        meters.ForceFlush();
        var before = Counted.In(metrics);
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        await app.PostAsync("api/webhooks/stripe");
        var deep = await app.GetAsync("health/deep");
        await app.Services.GetRequiredService<WatchBooks>().RunAsync(CancellationToken.None);

        meters.ForceFlush();

        // Every app of this process counts into the same meters, so what was added is at least ours.
        var after = Counted.In(metrics);
        Assert.InRange(after.Charges - before.Charges, 1, long.MaxValue);
        Assert.InRange(after.ChargedCents - before.ChargedCents, 4120, long.MaxValue);
        Assert.InRange(after.NotYet - before.NotYet, 1, long.MaxValue);
        Assert.InRange(after.Refused - before.Refused, 1, long.MaxValue);
        Assert.Equal(200, deep.Status);
        Assert.Contains(
            deep["states"].EnumerateArray(),
            state =>
                state.GetProperty("state").GetString() == "submitted" && state.GetProperty("debits").GetInt32() == 1
        );
        Assert.All(
            new[]
            {
                "autopay.debits",
                "autopay.debits.amount",
                "autopay.debits.oldest_age",
                "autopay.queue.depth",
                "autopay.sweep.age",
                "autopay.sweeps",
                "autopay.halted",
                "autopay.books.age",
                "autopay.gate.closed",
            },
            name => Assert.Contains(metrics, metric => metric.Name == name)
        );
    }

    [Fact]
    public async Task What_never_ran_is_as_old_as_the_watch_so_that_it_is_missed()
    {
        var metrics = new List<Metric>();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
                builder.Services.ConfigureOpenTelemetryMeterProvider(meters => meters.AddInMemoryExporter(metrics))
        );

        await app.Services.GetRequiredService<WatchBooks>().RunAsync(CancellationToken.None);
        app.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.All(
            new[] { "autopay.sweep.age", "autopay.reconcile.age", "autopay.backup.age" },
            name => Assert.Contains(metrics, metric => metric.Name == name)
        );
    }

    private sealed record Counted(long Charges, long ChargedCents, long NotYet, long Refused)
    {
        public static Counted In(IReadOnlyList<Metric> metrics) =>
            new(
                Sum(metrics, "autopay.charges", "result", "submitted"),
                Sum(metrics, "autopay.charges.amount", "result", "submitted"),
                Sum(metrics, "autopay.provider.calls", "answer", "NotYet"),
                Sum(metrics, "autopay.webhooks", "outcome", "refused")
            );

        // What was never counted has not been exported yet.
        private static long Sum(IReadOnlyList<Metric> metrics, string name, string tag, string value)
        {
            var sum = 0L;
            if (metrics.LastOrDefault(metric => metric.Name == name) is { } last)
            {
                foreach (ref readonly var point in last.GetMetricPoints())
                {
                    foreach (var (key, found) in point.Tags)
                    {
                        sum += key == tag && Equals(found, value) ? point.GetSumLong() : 0;
                    }
                }
            }

            return sum;
        }
    }
}
