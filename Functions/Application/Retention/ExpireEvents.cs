using System.Globalization;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application.Retention;

/// <summary>
/// The provider's raw events go after their time. What they set off is in the ledgers, and no ledger, reconcile or
/// replay reads one again that is settled: the provider itself lists its events for 30 days.
/// </summary>
public sealed class ExpireEvents(
    IExpiringEvents events,
    ChangeControls change,
    CityClock clock,
    ProcessingOptions options
)
{
    /// <summary>The events of a due date of 20,000 debits, about; what is left goes the next night.</summary>
    public const int MostInARun = 20_000;
    private const string By = "autopay";
    private const string Kind = "providerEvents";

    /// <summary>Written down before anything goes: a run that dies has said what it was about to delete.</summary>
    /// <returns>How many are gone.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var before = clock.Now.Utc.AddDays(-options.KeepEventsDays);
        var old = await events.FindAsync(before, MostInARun, cancel);
        if (old.Count == 0)
        {
            return 0;
        }

        var why = string.Create(CultureInfo.InvariantCulture, $"raw events are kept for {options.KeepEventsDays} days");
        await change.RunAsync(new RecordsExpired(Kind, before, old.Count), clock.Authority(By, why), cancel);
        await events.DeleteAsync(old, cancel);
        return old.Count;
    }
}
