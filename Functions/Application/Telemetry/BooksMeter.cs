using System.Diagnostics.Metrics;

namespace Autopay.Application.Telemetry;

/// <summary>
/// Shows the books that the timer measured last, while they are fresh. The timer may run on another instance next time:
/// what this one measured would be shown for as long as it lives. Their age alone is shown always. An instance that
/// measured none shows none.
/// </summary>
public sealed class BooksMeter : IDisposable
{
    /// <summary>Two periods of the timer.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(30);

    private readonly Meter meter = new(Metering.MeterName);
    private readonly CityClock clock;
    private volatile Books? books;

    public BooksMeter(CityClock clock)
    {
        this.clock = clock;
        Gauge(MetricCatalogue.Debits, now => now.States.Select(state => Of(state.Debits, "state", Name(state.State))));
        Gauge(
            MetricCatalogue.DebitCents,
            now => now.States.Select(state => Of(state.OpenCents, "state", Name(state.State)))
        );
        Gauge(
            MetricCatalogue.OldestDebit,
            now =>
                now.States.Where(state => state.Oldest is not null)
                    .Select(state =>
                        Of(clock.Now.Today.DayNumber - state.Oldest!.Value.DayNumber, "state", Name(state.State))
                    )
        );
        Gauge(
            MetricCatalogue.QueueDepth,
            now =>
                now.Queues.Where(queue => queue.Value is not null)
                    .Select(queue => Of(queue.Value!.Value, "queue", queue.Key))
        );
        Gauge(MetricCatalogue.Stuck, now => now.Stuck.Select(kind => Of(kind.Value, "kind", kind.Key)));
        Gauge(MetricCatalogue.Worklist, now => now.Worklist.Select(total => Of(total.Count, "kind", Name(total.Kind))));
        Gauge(
            MetricCatalogue.WorklistCents,
            now => now.Worklist.Select(total => Of(total.Cents, "kind", Name(total.Kind)))
        );
        Gauge(MetricCatalogue.OldestUnknown, now => Age(now.OldestUnknown));
        Gauge(MetricCatalogue.SweepAge, now => Age(now.LastSweep ?? now.WatchedSince));
        Gauge(MetricCatalogue.ReconcileAge, now => Age(now.LastReconcile ?? now.WatchedSince));
        Gauge(MetricCatalogue.BackupAge, now => Age(now.LastExport ?? now.WatchedSince));
        Gauge(
            MetricCatalogue.Differences,
            now => [Of(now.Findings.NewDifferences, "age", "new"), Of(now.Findings.OldDifferences, "age", "old")]
        );
        Gauge(MetricCatalogue.DoubleCharged, now => [new Measurement<long>(now.Findings.DoubleCharged)]);
        Gauge(
            MetricCatalogue.ViolatedInvariants,
            now =>
                [
                    Of(now.Findings.Broken.Count(it => it.Halts), "halts", "yes"),
                    Of(now.Findings.Broken.Count(it => !it.Halts), "halts", "no"),
                ]
        );
        Gauge(MetricCatalogue.Halted, now => [new Measurement<long>(now.Halted ? 1 : 0)]);
        Gauge(
            MetricCatalogue.ReconcileBeforeCharge,
            now => [new Measurement<long>(now.ReconcileBeforeChargeSince is null ? 0 : 1)]
        );
        MetricCatalogue.ReturnRate.ShowIn(meter, () => Fresh?.Returns.Select(Of) ?? []);
        MetricCatalogue.BooksAge.ShowIn(meter, () => Age(books?.At));
    }

    private Books? Fresh => books is { } now && clock.Now.Utc - now.At <= FreshFor ? now : null;

    public void Show(Books measured) => books = measured;

    public void Dispose() => meter.Dispose();

    private void Gauge(MetricDefinition metric, Func<Books, IEnumerable<Measurement<long>>> read) =>
        metric.ShowIn(meter, () => Fresh is { } now ? read(now) : []);

    private IEnumerable<Measurement<long>> Age(DateTimeOffset? since) =>
        since is { } then ? [new Measurement<long>((long)(clock.Now.Utc - then).TotalSeconds)] : [];

    private static Measurement<long> Of(long value, string tag, string of) =>
        new(value, new KeyValuePair<string, object?>(tag, of));

    private static Measurement<double> Of(ReturnRate rate) =>
        new((double)rate.Percent, new KeyValuePair<string, object?>("kind", rate.Family.ToString().ToLowerInvariant()));

    private static string Name(Enum value) =>
        value.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";
}
