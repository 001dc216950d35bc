using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ports;
using Autopay.Domain.Invariants;

namespace Autopay.Application;

/// <summary>What the nightly check looked at and found.</summary>
public sealed record InvariantReport(string Id, string By, bool Holds, int Accounts, IReadOnlyList<InvariantResult> Invariants, int ViolationCount, IReadOnlyList<string> Violations);

/// <summary>
/// Every account against the one list of invariants. Those that need the provider's word (I1, I7) are reconcile's, which asks it: its last
/// run is shown among the results. What is broken halts all charging.
/// </summary>
public sealed class CheckInvariants(
    ILedgerStore ledgers, IControlsStore controlsStore, IReportStore reports, IStuckStore stuck, ChangeControls change, CityClock clock)
{
    public const string Kind = "invariants";
    private const int MostListed = 200;
    private static readonly string[] NeedTheProvider = ["I1", "I7"];

    /// <summary>Overdue work is no wrong money: it is listed and halts nothing.</summary>
    private static readonly string[] HaltNothing = ["I16", .. NeedTheProvider];

    public async Task<InvariantReport> RunAsync(string by, CancellationToken cancel)
    {
        var tally = new InvariantTally([.. LedgerInvariants.All.Where(invariant => !NeedTheProvider.Contains(invariant.Id))]);
        var accounts = await WalkAsync(tally, cancel);
        IReadOnlyList<InvariantResult> results = [.. await AskedAsync(cancel), .. tally.Results];
        var report = new InvariantReport(
            clock.Now.Utc.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), by, results.All(result => result.Holds), accounts, results,
            tally.Violations.Count, [.. tally.Violations.Take(MostListed)]);
        await reports.SaveAsync(new StoredReport(Kind, report.Id, JsonSerializer.Serialize(report, ReportJson.Default.InvariantReport)), cancel);
        await TellAsync(report, cancel);
        return report;
    }

    private async Task<int> WalkAsync(InvariantTally tally, CancellationToken cancel)
    {
        var (accounts, controls) = (0, (await controlsStore.LoadAsync(cancel)).Controls);
        var versions = await VersionsAsync(controls.Policies, cancel);
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in ledgers.ReadAllAsync(bucket, cancel))
            {
                foreach (var entry in page)
                {
                    tally.Check(entry.Ledger, new InvariantContext
                    {
                        Now = clock.Now, Controls = controls, ControlsAt = version => versions.GetValueOrDefault(version), NextLook = entry.NextLook,
                        Archived = HasArchived(entry.Ledger) ? await ledgers.ReadArchivedAsync(entry.Ledger.Id, cancel) : [],
                    });
                    accounts++;
                }
            }
        }

        return accounts;
    }

    private static bool HasArchived(AccountLedger ledger) => ledger.Generation > 1 || ledger.NextDebit - 1 > ledger.Debits.Count;

    // The flags as they were at each version, folded from their history.
    private async Task<Dictionary<long, Controls>> VersionsAsync(Policies policies, CancellationToken cancel)
    {
        var now = new Controls { Policies = policies };
        Dictionary<long, Controls> versions = new() { [0] = now };
        await foreach (var row in controlsStore.ReadHistoryAsync(cancel))
        {
            now = now.Change(row.Change, row.Authority);
            versions[row.Version] = now;
        }

        return versions;
    }

    private async Task<IReadOnlyList<InvariantResult>> AskedAsync(CancellationToken cancel)
    {
        await foreach (var stored in reports.ReadNewestAsync(Reconcile.Kind, cancel))
        {
            var last = JsonSerializer.Deserialize(stored.Json, ReportJson.Default.ReconcileReport)!;
            var twice = last.Differences.Any(difference => difference.Kind == DifferenceKind.ChargedTwice);
            return last.Theirs + last.Ours == 0 ? [] :
            [
                new InvariantResult("I1", !twice && last.State != RunState.Failed, last.Theirs), new InvariantResult("I7", last.State == RunState.Agrees, last.Theirs + last.Ours),
            ];
        }

        return [];
    }

    // A difference with the provider has its own work item and halts only when money moved twice; what our own books break halts at once.
    private async Task TellAsync(InvariantReport report, CancellationToken cancel)
    {
        if (report.ViolationCount == 0 && report.Invariants.All(result => result.Holds || NeedTheProvider.Contains(result.Id)))
        {
            await stuck.RemoveAsync(Kind, cancel);
            return;
        }

        var broken = string.Join(", ", report.Invariants.Where(result => !result.Holds).Select(result => result.Id));
        await stuck.PutAsync(new StuckItem(Kind, "invariant", $"{broken}: {(report.Violations is [var first, ..] ? first : "looked at nothing although there are books")}", report.Id, clock.Now.Utc), cancel);
        if (report.Invariants.Any(result => !result.Holds && !HaltNothing.Contains(result.Id)))
        {
            await change.RunAsync(new ChargingHalted(), clock.Authority("autopay", $"Invariants broken: {broken}"), cancel);
        }
    }
}
