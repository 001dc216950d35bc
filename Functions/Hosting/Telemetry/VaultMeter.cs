using System.Diagnostics.Metrics;
using Autopay.Application.Telemetry;
using Autopay.Hosting.Settings;

namespace Autopay.Hosting.Telemetry;

/// <summary>
/// Says of every instance since when the vault gives it no good secrets: it works on for a day, and nobody would know.
/// </summary>
internal sealed class VaultMeter : IDisposable
{
    private readonly Meter meter = new(Metering.MeterName);

    public VaultMeter(VaultWatch watch) =>
        MetricCatalogue.VaultFailing.ShowIn(
            meter,
            () => new Measurement<long>[] { new((long)watch.FailingFor.TotalSeconds) }
        );

    public void Dispose() => meter.Dispose();
}
