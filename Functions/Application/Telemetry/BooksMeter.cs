using System.Diagnostics.Metrics;

namespace Autopay.Application.Telemetry;

/// <summary>
/// Shows the books that the timer measured last, for a few minutes. The timer may run on another instance next time,
/// and two must not contradict each other: the newest sample is the newest measurement, and alerts read that. Their
/// age alone is shown always. An instance that measured none shows none.
/// </summary>
public sealed class BooksMeter : IDisposable
{
    /// <summary>A few exports, and well less than a period of the timer.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

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
        Gauge(
            MetricCatalogue.OldestMessage,
            now => now.Queues.Keys.Select(queue => Of(SecondsSince(OldestIn(now, queue)), "queue", queue))
        );
        Gauge(MetricCatalogue.Stuck, now => now.Stuck.Select(kind => Of(kind.Value, "kind", kind.Key)));
        Gauge(MetricCatalogue.Worklist, now => now.Worklist.Select(total => Of(total.Count, "kind", Name(total.Kind))));
        Gauge(
            MetricCatalogue.WorklistCents,
            now => now.Worklist.Select(total => Of(total.Cents, "kind", Name(total.Kind)))
        );
        Gauge(MetricCatalogue.OldestUnknown, now => [new Measurement<long>(SecondsSince(now.OldestUnknown))]);
        Gauge(MetricCatalogue.OldestDue, now => [new Measurement<long>(SecondsSince(now.OldestDue))]);
        Gauge(MetricCatalogue.SweepAge, now => Age(now.LastSweep ?? now.WatchedSince));
        Gauge(MetricCatalogue.ReconcileAge, now => Age(now.LastReconcile ?? now.WatchedSince));
        Gauge(MetricCatalogue.BackupAge, now => Age(now.LastExport ?? now.WatchedSince));
        Gauge(
            MetricCatalogue.CopiesAge,
            now =>
                [
                    Of(SecondsSince(now.BooksCopied), "of", "books"),
                    Of(SecondsSince(now.ControlsCopied), "of", "controls"),
                ]
        );
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
        Gauge(MetricCatalogue.HaltedFor, now => [new Measurement<long>((long)now.HaltedFor.TotalSeconds)]);
        Gauge(
            MetricCatalogue.ReconcileBeforeCharge,
            now => [new Measurement<long>(now.ReconcileBeforeChargeSince is null ? 0 : 1)]
        );
        MetricCatalogue.ReturnRate.ShowIn(meter, () => Fresh?.Returns.Select(rate => Of(rate.Percent, rate)) ?? []);
        MetricCatalogue.ReturnsOfCeiling.ShowIn(
            meter,
            () => Fresh?.Returns.Select(rate => Of(rate.PercentOfCeiling, rate)) ?? []
        );
        MetricCatalogue.BooksAge.ShowIn(meter, () => Age(books?.At));
    }

    private Books? Fresh => books is { } now && clock.Now.Utc - now.At <= FreshFor ? now : null;

    public void Show(Books measured) => books = measured;

    public void Dispose() => meter.Dispose();

    private void Gauge(MetricDefinition metric, Func<Books, IEnumerable<Measurement<long>>> read) =>
        metric.ShowIn(meter, () => Fresh is { } now ? read(now) : []);

    private IEnumerable<Measurement<long>> Age(DateTimeOffset? since) =>
        since is { } then ? [new Measurement<long>(SecondsSince(then))] : [];

    // Nothing that waits is zero, not silence: an alert that reads the newest sample then sees that it is over.
    private long SecondsSince(DateTimeOffset? then) => then is { } it ? (long)(clock.Now.Utc - it).TotalSeconds : 0;

    private static DateTimeOffset? OldestIn(Books now, string queue) =>
        now.OldestMessages.TryGetValue(queue, out var since) ? since : null;

    private static Measurement<long> Of(long value, string tag, string of) =>
        new(value, new KeyValuePair<string, object?>(tag, of));

    private static Measurement<double> Of(decimal percent, ReturnRate rate) =>
        new((double)percent, new KeyValuePair<string, object?>("kind", rate.Family.ToString().ToLowerInvariant()));

    private static string Name(Enum value) =>
        value.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";
}
