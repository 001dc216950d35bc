using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Autopay.Tests.App.Telemetry;

/// <summary>
/// What one meter of the app shows. Other tests' apps have meters of the same name, so its gauges are known by the
/// thread that makes them.
/// </summary>
internal sealed class ShownGauges : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> shown = new();
    private readonly int maker = Environment.CurrentManagedThreadId;
    private bool isMaking;

    private ShownGauges()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (isMaking && Environment.CurrentManagedThreadId == maker)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => shown[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => shown[instrument.Name] = (long)value);
    }

    public static (T Meter, ShownGauges Shown) Of<T>(Func<T> make)
    {
        var gauges = new ShownGauges();
        gauges.listener.Start();
        gauges.isMaking = true;
        var meter = make();
        gauges.isMaking = false;
        return (meter, gauges);
    }

    /// <summary>As an export at this moment would show them.</summary>
    public IReadOnlyDictionary<string, long> Read()
    {
        shown.Clear();
        listener.RecordObservableInstruments();
        return shown.ToDictionary();
    }

    public void Dispose() => listener.Dispose();
}
