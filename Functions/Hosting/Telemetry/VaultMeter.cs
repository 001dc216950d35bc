using System.Diagnostics.Metrics;
using Autopay.Application.Telemetry;

namespace Autopay.Hosting.Telemetry;

/// <summary>
/// Says of every instance since when the vault gives it no good secrets: it works on for a day, and nobody would know.
/// </summary>
internal sealed class VaultMeter : IDisposable
{
    private readonly Meter meter = new(Metering.MeterName);

    public VaultMeter(Func<TimeSpan> failingFor) =>
        MetricCatalogue.VaultFailing.ShowIn(
            meter,
            () => new Measurement<long>[] { new((long)failingFor().TotalSeconds) }
        );

    public void Dispose() => meter.Dispose();
}
