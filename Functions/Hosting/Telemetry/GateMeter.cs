using System.Diagnostics.Metrics;
using Autopay.Application.Telemetry;

namespace Autopay.Hosting.Telemetry;

/// <summary>
/// Says of every instance whether its start-up gate is closed: timers fail behind it, so nothing else would measure it.
/// </summary>
internal sealed class GateMeter : IDisposable
{
    private readonly Meter meter = new(Metering.MeterName);

    /// <param name="isClosed">Asked at each export.</param>
    public GateMeter(Func<bool> isClosed) =>
        MetricCatalogue.GateClosed.ShowIn(meter, () => new Measurement<long>[] { new(isClosed() ? 1 : 0) });

    public void Dispose() => meter.Dispose();
}
