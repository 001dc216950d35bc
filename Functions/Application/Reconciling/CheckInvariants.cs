using System.Globalization;
using System.Text.Json;
using Autopay.Application.Ports;
using Autopay.Domain.Invariants;

namespace Autopay.Application;

/// <summary>What the nightly check looked at and found.</summary>
/// <param name="Accounts">Those that could be read; each of the others is among the violations.</param>
public sealed record InvariantReport(string Id, string By, bool Holds, int Accounts, IReadOnlyList<InvariantResult> Invariants, int ViolationCount, IReadOnlyList<string> Violations);

/// <summary>
/// Every account against the one list of invariants. Those that need the provider's word (I1, I7) are reconcile's, which asks it: its last
/// run is shown among the results. What is broken halts all charging; what could not be looked at is a failure too (I21).
/// </summary>
public sealed class CheckInvariants(
    ILedgerStore ledgers, IControlsStore controlsStore, IReportStore reports, IStuckStore stuck, ChangeControls change, UnreadableLedgers unreadable,
    AskedProvider provider, CityClock clock)
{
    public const string Kind = "invariants";
    private const string NothingSkipped = "I21";
    private const int MostListed = 200;

    /// <summary>Overdue work and what was not looked at are no wrong money: they are listed and halt nothing.</summary>
    private static readonly string[] HaltNothing = ["I16", NothingSkipped, .. AskedProvider.Invariants];

    public async Task<InvariantReport> RunAsync(string by, CancellationToken cancel)
    {
        var tally = new InvariantTally([.. LedgerInvariants.All.Where(invariant => !AskedProvider.Invariants.Contains(invariant.Id))]);
        var unread = unreadable.Note();
        var walked = await WalkAsync(tally, cancel);
        var (asked, whyNot) = await provider.RunAsync(walked.NewestIntent, cancel);
        IReadOnlyList<InvariantResult> results = [.. asked, .. tally.Results, .. Skipped(walked.Accounts, unread.Count, whyNot)];
        List<string> violations =
        [
            .. tally.Violations, .. whyNot is null ? (IReadOnlyList<string>)[] : [$"{NothingSkipped}: The provider was not asked: {whyNot}"],
            .. unread.Select(account => $"{NothingSkipped}: The ledger of account {account} cannot be read"),
        ];
        var report = new InvariantReport(
            clock.Now.Utc.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), by, results.All(result => result.Holds), walked.Accounts, results,
            violations.Count, [.. violations.Take(MostListed)]);
        await reports.SaveAsync(new StoredReport(Kind, report.Id, JsonSerializer.Serialize(report, ReportJson.Default.InvariantReport)), cancel);
        await TellAsync(report, cancel);
        return report;
    }

    // Books without any account have nothing that could be skipped.
    private static IEnumerable<InvariantResult> Skipped(int accounts, int unread, string? whyNot) =>
        accounts + unread == 0 ? [] : [new InvariantResult(NothingSkipped, unread == 0 && whyNot is null, accounts)];

    private async Task<(int Accounts, DateTimeOffset? NewestIntent)> WalkAsync(InvariantTally tally, CancellationToken cancel)
    {
        var (accounts, newest, controls) = (0, (DateTimeOffset?)null, (await controlsStore.LoadAsync(cancel)).Controls);
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
                    (accounts, newest) = (accounts + 1, new[] { newest, NewestIntentOf(entry.Ledger) }.Max());
                }
            }
        }

        return (accounts, newest);
    }

    private static DateTimeOffset? NewestIntentOf(AccountLedger ledger) =>
        ledger.Debits.SelectMany(debit => debit.Attempts).Where(attempt => attempt.IntentId is not null).Max(attempt => (DateTimeOffset?)attempt.KeyAt);

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

    // A difference with the provider has its own work item and halts only when money moved twice; what our own books break halts at once.
    private async Task TellAsync(InvariantReport report, CancellationToken cancel)
    {
        if (report.ViolationCount == 0 && report.Invariants.All(result => result.Holds || AskedProvider.Invariants.Contains(result.Id)))
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
