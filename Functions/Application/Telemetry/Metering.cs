using System.Diagnostics.Metrics;

namespace Autopay.Application.Telemetry;

/// <summary>What is counted as it happens. What is measured from the books is in <see cref="BooksMeter"/>.</summary>
public static class Metering
{
    public const string MeterName = "Autopay";
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Charges = MetricCatalogue.Charges.CountIn(Meter);
    private static readonly Counter<long> ChargedCents = MetricCatalogue.ChargedCents.CountIn(Meter);
    private static readonly Counter<long> Calls = MetricCatalogue.ProviderCalls.CountIn(Meter);
    private static readonly Counter<long> Sweeps = MetricCatalogue.Sweeps.CountIn(Meter);
    private static readonly Counter<long> Webhooks = MetricCatalogue.Webhooks.CountIn(Meter);
    private static readonly Histogram<double> Lag = MetricCatalogue.WebhookLag.RecordIn(Meter);

    /// <summary>After a save: only what is stored is counted.</summary>
    public static void Saved(AccountLedger ledger, IEnumerable<LedgerEvent> events)
    {
        foreach (var happened in events)
        {
            Saved(ledger, happened);
        }
    }

    public static void Asked(string endpoint, string answer) =>
        Calls.Add(1, new("endpoint", endpoint), new("answer", answer));

    public static void Swept() => Sweeps.Add(1);

    public static void Heard(string outcome, TimeSpan? lag = null)
    {
        Webhooks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        if (lag is { } late)
        {
            Lag.Record(Math.Max(0, late.TotalSeconds));
        }
    }

    private static void Saved(AccountLedger ledger, LedgerEvent happened)
    {
        var (result, code, debit) = happened switch
        {
            AttemptSubmitted e => ("submitted", "", e.Debit),
            AttemptCollected e => ("collected", "", e.Debit),
            AttemptFailed e => ("refused", e.Code, e.Debit),
            AttemptInDoubt e => ("unknown", "", e.Debit),
            ReturnReceived e => ("returned", e.Code, e.Debit),
            _ => ("", "", default(DebitId?)),
        };
        if (debit is { } id)
        {
            Charges.Add(1, new("result", result), new("code", code));
            ChargedCents.Add(
                ledger.FindDebit(id)?.LastAttempt?.Amount.Cents ?? 0,
                new("result", result),
                new("code", code)
            );
        }
    }
}
