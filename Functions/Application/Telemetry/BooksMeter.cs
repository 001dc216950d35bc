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
        Gauge(
            "autopay.debits",
            "{debit}",
            "Debits by state",
            now => now.States.Select(state => Of(state.Debits, "state", Name(state.State)))
        );
        Gauge(
            "autopay.debits.amount",
            "{cent}",
            "Open cents of debits, by state",
            now => now.States.Select(state => Of(state.OpenCents, "state", Name(state.State)))
        );
        Gauge(
            "autopay.debits.oldest_age",
            "d",
            "Days since the oldest debit of a state was scheduled",
            now =>
                now.States.Where(state => state.Oldest is not null)
                    .Select(state =>
                        Of(clock.Now.Today.DayNumber - state.Oldest!.Value.DayNumber, "state", Name(state.State))
                    )
        );
        Gauge(
            "autopay.queue.depth",
            "{message}",
            "Messages by queue",
            now =>
                now.Queues.Where(queue => queue.Value is not null)
                    .Select(queue => Of(queue.Value!.Value, "queue", queue.Key))
        );
        Gauge(
            "autopay.stuck",
            "{item}",
            "What waits for a person, by kind",
            now => now.Stuck.Select(kind => Of(kind.Value, "kind", kind.Key))
        );
        Gauge(
            "autopay.worklist",
            "{item}",
            "What waits for finance, by kind",
            now => now.Worklist.Select(total => Of(total.Count, "kind", Name(total.Kind)))
        );
        Gauge(
            "autopay.worklist.amount",
            "{cent}",
            "Cents of what waits for finance, by kind",
            now => now.Worklist.Select(total => Of(total.Cents, "kind", Name(total.Kind)))
        );
        Gauge("autopay.unknown.oldest_age", "s", "Age of the oldest unknown outcome", now => Age(now.OldestUnknown));
        Gauge(
            "autopay.sweep.age",
            "s",
            "Since the sweep last ran to its end",
            now => Age(now.LastSweep ?? now.WatchedSince)
        );
        Gauge(
            "autopay.reconcile.age",
            "s",
            "Since reconcile last looked at everything",
            now => Age(now.LastReconcile ?? now.WatchedSince)
        );
        Gauge(
            "autopay.backup.age",
            "s",
            "Since the last backup became whole",
            now => Age(now.LastExport ?? now.WatchedSince)
        );
        Gauge(
            "autopay.reconcile.differences",
            "{difference}",
            "Unexplained differences with the provider, by age",
            now => [Of(now.Findings.NewDifferences, "age", "new"), Of(now.Findings.OldDifferences, "age", "old")]
        );
        Gauge(
            "autopay.debits.double_charged",
            "{debit}",
            "Debits with two charges that live at the provider",
            now => [new Measurement<long>(now.Findings.DoubleCharged)]
        );
        Gauge(
            "autopay.invariants.violated",
            "{invariant}",
            "Invariants that the last check found violated, by whether that halts charging",
            now =>
                [
                    Of(now.Findings.Broken.Count(it => it.Halts), "halts", "yes"),
                    Of(now.Findings.Broken.Count(it => !it.Halts), "halts", "no"),
                ]
        );
        Gauge(
            "autopay.halted",
            "{flag}",
            "1 while charging is halted",
            now => [new Measurement<long>(now.Halted ? 1 : 0)]
        );
        Gauge(
            "autopay.reconcile_before_charge",
            "{flag}",
            "1 while everything waits for reconcile",
            now => [new Measurement<long>(now.ReconcileBeforeChargeSince is null ? 0 : 1)]
        );
        meter.CreateObservableGauge<double>(
            "autopay.returns.rate",
            () => Fresh?.Returns.Select(Of) ?? [],
            "%",
            "Returned of the debits sent in 60 days, by family"
        );
        meter.CreateObservableGauge<long>(
            "autopay.books.age",
            () => Age(books?.At),
            "s",
            "Since this instance last measured the books"
        );
    }

    private Books? Fresh => books is { } now && clock.Now.Utc - now.At <= FreshFor ? now : null;

    public void Show(Books measured) => books = measured;

    public void Dispose() => meter.Dispose();

    private void Gauge(
        string name,
        string unit,
        string description,
        Func<Books, IEnumerable<Measurement<long>>> read
    ) => meter.CreateObservableGauge(name, () => Fresh is { } now ? read(now) : [], unit, description);

    private IEnumerable<Measurement<long>> Age(DateTimeOffset? since) =>
        since is { } then ? [new Measurement<long>((long)(clock.Now.Utc - then).TotalSeconds)] : [];

    private static Measurement<long> Of(long value, string tag, string of) =>
        new(value, new KeyValuePair<string, object?>(tag, of));

    private static Measurement<double> Of(ReturnRate rate) =>
        new((double)rate.Percent, new KeyValuePair<string, object?>("kind", rate.Family.ToString().ToLowerInvariant()));

    private static string Name(Enum value) =>
        value.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";
}
