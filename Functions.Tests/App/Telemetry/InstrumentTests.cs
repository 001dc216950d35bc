using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Autopay.Application;
using Autopay.Application.Telemetry;
using Autopay.Application.Work;
using Autopay.Hosting.Settings;
using Autopay.Hosting.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Telemetry;

/// <summary>The instruments of the app beside the catalogue that they are made from.</summary>
public sealed class InstrumentTests
{
    private static readonly DateTimeOffset Now = new(2020, 1, 21, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_metric_has_an_instrument_and_every_instrument_is_a_metric()
    {
        ConcurrentDictionary<string, Instrument> found = new();
        using var meter = NewMeter();
        using var gate = new GateMeter(() => false);
        using var vault = new VaultMeter(() => TimeSpan.Zero);
        RuntimeHelpers.RunClassConstructor(typeof(Metering).TypeHandle);
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => AddOurs(found, instrument) };
        listener.Start();

        Assert.Equal(
            MetricCatalogue.All().Select(metric => (metric.Name, metric.Unit, metric.Description)).Order(),
            found.Values.Select(it => (it.Name, Unit: it.Unit!, Description: it.Description!)).Order()
        );
    }

    [Fact]
    public void Gauges_have_the_tags_that_the_catalogue_says()
    {
        ConcurrentDictionary<string, string> tags = new();
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<long>((it, _, found, _) => tags[it.Name] = KeysOf(found));
        listener.SetMeasurementEventCallback<double>((it, _, found, _) => tags[it.Name] = KeysOf(found));
        using var meter = NewMeter();
        using var gate = new GateMeter(() => false);
        using var vault = new VaultMeter(() => TimeSpan.Zero);
        listener.InstrumentPublished = (it, listening) => ListenToOurs(listening, it);
        meter.Show(Full());
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(
            MetricCatalogue
                .All()
                .Where(metric => metric.Kind >= MetricKind.Gauge)
                .Select(metric => KeyValuePair.Create(metric.Name, string.Join(',', metric.Tags)))
                .OrderBy(it => it.Key),
            tags.OrderBy(it => it.Key)
        );
    }

    private static BooksMeter NewMeter() =>
        new(new CityClock(new FakeTimeProvider(Now), new CityCalendar(TimeZoneInfo.Utc)));

    private static void AddOurs(ConcurrentDictionary<string, Instrument> found, Instrument instrument) =>
        _ = instrument.Meter.Name == Metering.MeterName && found.TryAdd(instrument.Name, instrument);

    private static void ListenToOurs(MeterListener listener, Instrument instrument)
    {
        if (instrument is { Meter.Name: Metering.MeterName, IsObservable: true })
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static string KeysOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(',', tags.ToArray().Select(tag => tag.Key));

    private static Books Full() =>
        new()
        {
            At = Now,
            Halted = true,
            WatchedSince = Now,
            OldestUnknown = Now,
            States = [new StateOfDebits(DebitState.Submitted, 1, 4120, new DateOnly(2020, 1, 20))],
            Queues = new Dictionary<string, long?> { ["evaluate"] = 1 },
            Stuck = new Dictionary<string, int> { ["poison"] = 1 },
            Worklist = [new WorkTotal(WorkKind.Blocked, 1, 4120)],
            Findings = new Findings([], 0, 0, 0),
            Returns = new ReturnTally(new DateOnly(2020, 1, 21), new ReturnCeilings()).Rates,
        };
}
