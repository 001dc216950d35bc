using System.Collections.Concurrent;
using System.Diagnostics;
using Autopay.Hosting;
using Autopay.Hosting.Telemetry;
using Autopay.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Autopay.Tests.App.Telemetry;

public sealed class FlushTests(AzuriteFixture azurite)
{
    // Nothing leaves by itself while the test runs.
    private const int Never = 3_600_000;
    private readonly ConcurrentBag<string> spans = [];
    private readonly ConcurrentBag<string> lines = [];
    private readonly ConcurrentBag<string> metrics = [];

    [Fact]
    public async Task What_a_timers_run_told_has_left_when_the_run_is_over()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01", Watch);

        Assert.Equal(202, (await app.PostAsync("admin/functions/Sweep", """{"input":""}""")).Status);

        await Eventually.HoldsAsync(
            "spans, lines and metrics of the sweep have left",
            () =>
                spans.Contains("sweep")
                && metrics.Contains("autopay.sweeps")
                && lines.Any(line => line.StartsWith("Sweep: ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_does_not_hold_a_timer_up()
    {
        using var answered = new ManualResetEventSlim();
        var services = new ServiceCollection().AddLogging();
        services
            .AddOpenTelemetry()
            .WithLogging(logs =>
                logs.AddProcessor(
                    new BatchLogRecordExportProcessor(
                        new Kept<LogRecord>(_ => answered.Wait()),
                        scheduledDelayMilliseconds: Never
                    )
                )
            );
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<ILogger<FlushTests>>().BucketBusy(1);

        await new TelemetryFlush(provider) { Patience = TimeSpan.FromMilliseconds(50) }.AfterTimerAsync("Sweep");

        Assert.False(answered.IsSet);
        answered.Set();
    }

    private void Watch(FunctionsApplicationBuilder builder) =>
        builder
            .Services.ConfigureOpenTelemetryTracerProvider(traces =>
                traces.AddProcessor(
                    new BatchActivityExportProcessor(
                        new Kept<Activity>(span => spans.Add(span.DisplayName)),
                        scheduledDelayMilliseconds: Never
                    )
                )
            )
            .ConfigureOpenTelemetryLoggerProvider(logs =>
                logs.AddProcessor(
                    new BatchLogRecordExportProcessor(
                        new Kept<LogRecord>(line => lines.Add(line.FormattedMessage ?? "")),
                        scheduledDelayMilliseconds: Never
                    )
                )
            )
            .ConfigureOpenTelemetryMeterProvider(meters =>
                meters.AddReader(
                    new PeriodicExportingMetricReader(new Kept<Metric>(metric => metrics.Add(metric.Name)), Never)
                )
            );

    private sealed class Kept<T>(Action<T> keep) : BaseExporter<T>
        where T : class
    {
        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (var item in batch)
            {
                keep(item);
            }

            return ExportResult.Success;
        }
    }
}
