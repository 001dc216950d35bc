using System.Reflection;

namespace Autopay.Application.Telemetry;

/// <summary>
/// Every metric. One more is a line here, and where it is counted: in <see cref="Metering"/> as it happens, or in <see
/// cref="BooksMeter"/> from the books.
/// </summary>
public static class MetricCatalogue
{
    public static readonly MetricDefinition Charges = new(
        "autopay.charges",
        MetricKind.Counter,
        "{debit}",
        "answers of the bank",
        "result",
        "code"
    );

    public static readonly MetricDefinition ChargedCents = new(
        "autopay.charges.amount",
        MetricKind.Counter,
        "{cent}",
        "cents of those answers",
        "result",
        "code"
    );

    public static readonly MetricDefinition ProviderCalls = new(
        "autopay.provider.calls",
        MetricKind.Counter,
        "{call}",
        "calls to Stripe, by kind of answer",
        "endpoint",
        "answer"
    );

    public static readonly MetricDefinition Webhooks = new(
        "autopay.webhooks",
        MetricKind.Counter,
        "{event}",
        "webhooks by what became of them: `refused`, `otherMode`, `repeated`, `ignored` or the state of the stored event",
        "outcome"
    );

    public static readonly MetricDefinition WebhookLag = new(
        "autopay.webhook.lag",
        MetricKind.Histogram,
        "s",
        "from an event at Stripe to its row"
    );

    public static readonly MetricDefinition Sweeps = new(
        "autopay.sweeps",
        MetricKind.Counter,
        "{sweep}",
        "sweeps that ran to their end"
    );

    public static readonly MetricDefinition Debits = new(
        "autopay.debits",
        MetricKind.BooksGauge,
        "{debit}",
        "debits in each state",
        "state"
    );

    public static readonly MetricDefinition DebitCents = new(
        "autopay.debits.amount",
        MetricKind.BooksGauge,
        "{cent}",
        "open cents of the debits in each state",
        "state"
    );

    public static readonly MetricDefinition OldestDebit = new(
        "autopay.debits.oldest_age",
        MetricKind.BooksGauge,
        "d",
        "since the oldest debit of a state was scheduled",
        "state"
    );

    public static readonly MetricDefinition QueueDepth = new(
        "autopay.queue.depth",
        MetricKind.BooksGauge,
        "{message}",
        "messages that wait, or are being worked on",
        "queue"
    );

    public static readonly MetricDefinition OldestMessage = new(
        "autopay.queue.oldest_age",
        MetricKind.BooksGauge,
        "s",
        "since the oldest message that nobody works on was put into its queue",
        "queue"
    );

    public static readonly MetricDefinition Stuck = new(
        "autopay.stuck",
        MetricKind.BooksGauge,
        "{item}",
        "what waits for a person, by kind",
        "kind"
    );

    public static readonly MetricDefinition Worklist = new(
        "autopay.worklist",
        MetricKind.BooksGauge,
        "{item}",
        "what waits for finance, by kind",
        "kind"
    );

    public static readonly MetricDefinition WorklistCents = new(
        "autopay.worklist.amount",
        MetricKind.BooksGauge,
        "{cent}",
        "cents of those items",
        "kind"
    );

    public static readonly MetricDefinition OldestUnknown = new(
        "autopay.unknown.oldest_age",
        MetricKind.BooksGauge,
        "s",
        "since the oldest attempt whose outcome is unknown"
    );

    public static readonly MetricDefinition OldestDue = new(
        "autopay.due.oldest_age",
        MetricKind.BooksGauge,
        "s",
        "since the first account should have been looked at that nobody has looked at: the due-date run is done at 0"
    );

    public static readonly MetricDefinition SweepAge = new(
        "autopay.sweep.age",
        MetricKind.BooksGauge,
        "s",
        "since the sweep last ran to its end"
    );

    public static readonly MetricDefinition ReconcileAge = new(
        "autopay.reconcile.age",
        MetricKind.BooksGauge,
        "s",
        "since the nightly comparison with Stripe last ran to its end"
    );

    public static readonly MetricDefinition BackupAge = new(
        "autopay.backup.age",
        MetricKind.BooksGauge,
        "s",
        "since the last backup became whole"
    );

    public static readonly MetricDefinition CopiesAge = new(
        "autopay.copies.age",
        MetricKind.BooksGauge,
        "s",
        "since all that should be in the second account was there: `books`, `controls`; 0 without such an account",
        "of"
    );

    public static readonly MetricDefinition Differences = new(
        "autopay.reconcile.differences",
        MetricKind.BooksGauge,
        "{difference}",
        "differences with Stripe that nobody has explained: `new`, or `old` over 24 hours",
        "age"
    );

    public static readonly MetricDefinition DoubleCharged = new(
        "autopay.debits.double_charged",
        MetricKind.BooksGauge,
        "{debit}",
        "debits with two charges that live at Stripe (I1)"
    );

    public static readonly MetricDefinition ViolatedInvariants = new(
        "autopay.invariants.violated",
        MetricKind.BooksGauge,
        "{invariant}",
        "invariants that the last check found violated, by whether that halts charging: `yes` or `no`",
        "halts"
    );

    public static readonly MetricDefinition Halted = new(
        "autopay.halted",
        MetricKind.BooksGauge,
        "{flag}",
        "1 while charging is halted"
    );

    public static readonly MetricDefinition HaltedFor = new(
        "autopay.halted.banking_time",
        MetricKind.BooksGauge,
        "s",
        "how long charging has been halted, on banking days from the due-date run on"
    );

    public static readonly MetricDefinition ReconcileBeforeCharge = new(
        "autopay.reconcile_before_charge",
        MetricKind.BooksGauge,
        "{flag}",
        "1 while nothing is charged because everything waits for reconcile, after a restore"
    );

    public static readonly MetricDefinition ReturnRate = new(
        "autopay.returns.rate",
        MetricKind.BooksGauge,
        "%",
        "returned of the debits sent in 60 days: `unauthorized`, `administrative` or `overall`; crossing a ceiling halts",
        "kind"
    );

    public static readonly MetricDefinition ReturnsOfCeiling = new(
        "autopay.returns.of_ceiling",
        MetricKind.BooksGauge,
        "%",
        "that rate as a part of its ceiling; 0 while too few debits were sent to say anything",
        "kind"
    );

    public static readonly MetricDefinition GateClosed = new(
        "autopay.gate.closed",
        MetricKind.Gauge,
        "{flag}",
        "1 while an instance serves nothing because something that it needs to start is missing or wrong"
    );

    public static readonly MetricDefinition VaultFailing = new(
        "autopay.vault.failing",
        MetricKind.Gauge,
        "s",
        "since when the vault gives an instance that asks no good secrets; 0 where it does, or where there is none"
    );

    public static readonly MetricDefinition BooksAge = new(
        "autopay.books.age",
        MetricKind.BooksGauge,
        "s",
        "since this instance last measured the books; shown always"
    );

    /// <summary>In the order of this file.</summary>
    public static IReadOnlyList<MetricDefinition> All() =>
        [
            .. typeof(MetricCatalogue)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .OrderBy(metric => metric.MetadataToken)
                .Select(metric => (MetricDefinition)metric.GetValue(null)!),
        ];
}
