using Autopay.Application.Telemetry;
using Autopay.Hosting;
using Autopay.Hosting.Telemetry;
using Azure.Core.Pipeline;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Autopay.Tests.App.Telemetry;

/// <summary>
/// What leaves for Azure Monitor, counted at the wire. Alone: a trace that any app of this process takes is taken for
/// all of them.
/// </summary>
[Collection(Alone)]
public sealed class ExportTests : IDisposable
{
    private const string Alone = "What leaves for Azure Monitor";
    private const int Burst = 400;
    private readonly SentItems sent = new();
    private readonly HttpClient wire;

    public ExportTests()
    {
        // Its statistics about itself would leave by another wire.
        Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true");
        wire = new HttpClient(sent);
    }

    [Fact]
    public void Of_a_burst_every_line_leaves_with_its_words_and_every_trace()
    {
        Tell("1");

        var lines = sent.Of("MessageData").Select(line => line.GetProperty("message").GetString()!).ToList();
        Assert.Equal(Enumerable.Range(0, Burst).Select(n => $"Bucket {n} walked: burst").Order(), lines.Order());
        Assert.Equal(Burst, sent.Of("RequestData").Count(span => span.GetProperty("name").GetString() == "burst"));
    }

    [Fact]
    public void A_ratio_leaves_out_traces_and_no_line()
    {
        Tell("0.25");

        Assert.Equal(Burst, sent.Of("MessageData").Count);
        Assert.InRange(sent.Of("RequestData").Count, Burst / 8, Burst / 2);
    }

    [Fact]
    public void Counts_leave_when_they_are_flushed()
    {
        Tell("0", Metering.Swept);

        Assert.Contains(
            sent.Of("MetricData"),
            metric => metric.GetProperty("metrics")[0].GetProperty("name").GetString() == "autopay.sweeps"
        );
    }

    public void Dispose()
    {
        wire.Dispose();
        sent.Dispose();
    }

    private void Tell(string ratio, Action? more = null)
    {
        using var services = Services(ratio);
        var (meters, tracers, lines) = (
            services.GetRequiredService<MeterProvider>(),
            services.GetRequiredService<TracerProvider>(),
            services.GetRequiredService<LoggerProvider>()
        );
        var logger = services.GetRequiredService<ILogger<ExportTests>>();
        for (var n = 0; n < Burst; n++)
        {
            using var span = Tracing.StartRoot("burst", null);
            logger.BucketWalked(n, "burst");
        }

        more?.Invoke();
        Assert.True(meters.ForceFlush() && tracers.ForceFlush() && lines.ForceFlush());
    }

    private ServiceProvider Services(string ratio)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                        "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://monitor.example/",
                    ["Telemetry:TraceRatio"] = ratio,
                }
            )
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddTelemetry(configuration)
            .Configure<AzureMonitorExporterOptions>(monitor =>
                (monitor.Transport, monitor.DisableOfflineStorage) = (new HttpClientTransport(wire), true)
            )
            .BuildServiceProvider();
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Definition;
}
