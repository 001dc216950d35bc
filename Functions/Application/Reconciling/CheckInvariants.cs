using System.Globalization;
using System.Text.Json;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Runs;

namespace Autopay.Application.Reconciling;

/// <summary>What the nightly check looked at and found.</summary>
/// <param name="Accounts">Those that could be read; each of the others is among the violations.</param>
public sealed record InvariantReport(
    string Id,
    string By,
    bool Holds,
    int Accounts,
    IReadOnlyList<InvariantResult> Invariants,
    int ViolationCount,
    IReadOnlyList<string> Violations
);

/// <summary>
/// Every account against the one list of invariants. Those that need the provider's word (I1, I7) are reconcile's,
/// which asks it: its last run is shown among the results. What is broken halts all charging; what could not be looked
/// at is a failure too (I21).
/// </summary>
public sealed class CheckInvariants(
    ILedgerStore ledgers,
    IControlsStore controlsStore,
    IReportStore reports,
    IStuckStore stuck,
    ChangeControls change,
    UnreadableLedgers unreadable,
    AskProviderInvariants provider,
    IBucketScheduleStore schedules,
    OverdueWork overdue,
    StandstillWatch standstill,
    CityClock clock,
    ProcessingOptions options
)
{
    public const string Kind = "invariants";

    /// <summary>What it lists when something is violated.</summary>
    public const string StuckKind = "invariant";

    private const string NothingSkipped = "I21";
    private const int MostListed = 200;

    /// <summary>A save may have been decided under controls that are some seconds old (D12).</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Overdue work, and what was not looked at or not listed, are no wrong debits: they are told of and halt nothing.
    /// </summary>
    private static readonly string[] HaltNothing =
    [
        "I16",
        "I23",
        "I24",
        NothingSkipped,
        .. AskProviderInvariants.Invariants,
    ];

    public Task<InvariantReport> RunAsync(string by, CancellationToken cancel) => RunAsync(by, RunTurn.Whole, cancel);

    /// <summary>The same, gone on with where an earlier turn ended.</summary>
    /// <exception cref="TurnOverException">This turn ends before the run does.</exception>
    public async Task<InvariantReport> RunAsync(string by, RunTurn turn, CancellationToken cancel)
    {
        var tally = new InvariantTally([
            .. LedgerInvariants.All.Where(invariant => !AskProviderInvariants.Invariants.Contains(invariant.Id)),
        ]);
        var walked = await WalkAsync(tally, turn, cancel);
        var (asked, whyNot) = await provider.RunAsync(walked.Intents, cancel);
        IReadOnlyList<InvariantResult> results =
        [
            .. asked,
            .. tally.Results,
            .. Skipped(walked.Accounts, walked.Unread.Count, whyNot, asked.Any(result => result.Note is not null)),
        ];
        List<string> others =
        [
            .. whyNot is null ? (IReadOnlyList<string>)[] : [$"{NothingSkipped}: Stripe was not asked: {whyNot}"],
            .. walked.Unread.Select(account => $"{NothingSkipped}: The ledger of account {account} cannot be read"),
        ];
        var report = new InvariantReport(
            clock.Now.Utc.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture),
            by,
            results.All(result => result.Holds),
            walked.Accounts,
            results,
            tally.ViolationCount + others.Count,
            [.. tally.Violations.Concat(others).Take(MostListed)]
        );
        await reports.SaveAsync(
            new StoredReport(Kind, report.Id, JsonSerializer.Serialize(report, ReportJson.Default.InvariantReport)),
            cancel
        );
        await TellAsync(report, cancel);
        return report;
    }

    // Books without any account have nothing that could be skipped.
    private static IEnumerable<InvariantResult> Skipped(int accounts, int unread, string? whyNot, bool isNotYet) =>
        accounts + unread == 0
            ? []
            :
            [
                new InvariantResult(NothingSkipped, unread == 0 && whyNot is null, accounts)
                {
                    Note =
                        isNotYet && unread == 0 ? "Stripe is asked for the first time in the nightly comparison" : null,
                },
            ];

    private async Task<CheckPlace> WalkAsync(InvariantTally tally, RunTurn turn, CancellationToken cancel)
    {
        var place = PlaceOf(turn.Kept);
        if (place.Tally is { } before)
        {
            tally.GoOnFrom(before);
        }

        var unread = unreadable.Note();
        var known = place.Unread;
        var past = await ReadPastControlsAsync(cancel);
        await standstill.NoteAsync(cancel);
        var late = await overdue.ReadExcusesAsync(cancel);
        foreach (var bucket in Bucket.All.Skip(place.Buckets))
        {
            var schedule = await schedules.ReadAsync(bucket, cancel);
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
            {
                var controls = (await controlsStore.LoadAsync(cancel)).Controls;
                foreach (var entry in page)
                {
                    tally.Check(entry.Ledger, await ContextAsync(entry, controls, past, (schedule, late), cancel));
                    place = place.With(entry.Ledger);
                }
            }

            place = place with
            {
                Buckets = bucket.Number + 1,
                Unread = [.. known.Union(unread.Select(account => account.Value)).Order(StringComparer.Ordinal)],
            };
            await KeepAsync(place, tally, turn, cancel);
        }

        return place;
    }

    private static CheckPlace PlaceOf(string? kept) =>
        kept is null ? CheckPlace.Begin : JsonSerializer.Deserialize(kept, ReportJson.Default.CheckPlace)!;

    private static Task KeepAsync(CheckPlace place, InvariantTally tally, RunTurn turn, CancellationToken cancel) =>
        turn.IsDue
            ? turn.KeepAsync(
                new RunProgress(place.Buckets, Bucket.Count, "buckets"),
                JsonSerializer.Serialize(place with { Tally = tally.Counted }, ReportJson.Default.CheckPlace),
                cancel
            )
            : Task.CompletedTask;

    private async Task<InvariantContext> ContextAsync(
        LedgerEntry entry,
        Controls controls,
        PastControls past,
        (BucketSchedule Schedule, LateWork Late) walked,
        CancellationToken cancel
    ) =>
        new()
        {
            Now = clock.Now,
            City = clock.City,
            RecoverAfter = options.RecoverAfter,
            Controls = controls,
            ControlsAt = version => past.Versions.GetValueOrDefault(version),
            NextEvaluation = entry.NextEvaluation,
            ControlsSeen =
                walked.Schedule.ScannedControlsVersion >= controls.AccountsVersion
                && past.Versions.ContainsKey(controls.Version)
                && past.ChangedAt + Settled < clock.Now.Utc,
            Late = walked.Late,
            IsWalked = walked.Schedule.LeasedUntil > clock.Now.Utc,
            Archived = HasArchived(entry.Ledger) ? await ledgers.ReadArchivedAsync(entry.Ledger.Id, cancel) : [],
            History = LedgerInvariants.NeedHistory(entry.Ledger)
                ? await ledgers
                    .ReadHistoryAsync(entry.Ledger.Id, cancel)
                    .SelectMany(row => row.Events)
                    .ToListAsync(cancel)
                : null,
        };

    private static bool HasArchived(AccountLedger ledger) =>
        ledger.Generation > 1 || ledger.NextDebit - 1 > ledger.Debits.Count;

    // The controls as they were at each version, folded from their history.
    private async Task<PastControls> ReadPastControlsAsync(CancellationToken cancel)
    {
        var now = new Controls { Policies = (await controlsStore.LoadAsync(cancel)).Controls.Policies };
        PastControls past = new(new() { [0] = now }, DateTimeOffset.MinValue);
        await foreach (var row in controlsStore.ReadHistoryAsync(cancel))
        {
            now = now.Change(row.Change, row.Authority);
            past.Versions[row.Version] = now;
            past = past with { ChangedAt = row.Authority.At };
        }

        return past;
    }

    // A difference with the provider has its own work item and halts only when money moved twice; what our own books
    // break halts at once.
    private async Task TellAsync(InvariantReport report, CancellationToken cancel)
    {
        if (
            report.ViolationCount == 0
            && report.Invariants.All(result => result.Holds || AskProviderInvariants.Invariants.Contains(result.Id))
        )
        {
            await stuck.RemoveAsync(Kind, cancel);
            return;
        }

        var halts = report.Invariants.Any(result => Halts(result));
        await stuck.PutAsync(
            new StuckItem(
                Kind,
                StuckKind,
                $"{Sentence(report)}. {(halts ? "Charging is halted" : "Charging goes on")}.",
                report.Id,
                clock.Now.Utc
            ),
            cancel
        );
        if (halts)
        {
            await change.RunAsync(
                new ChargingHalted(),
                clock.Authority("autopay", $"The check of the books failed: {Sentence(report)}"),
                cancel
            );
        }
    }

    /// <summary>A broken one that says that a debit may be wrong.</summary>
    internal static bool Halts(InvariantResult result) => !result.Holds && !HaltNothing.Contains(result.Id);

    // What halts comes first.
    private static string Sentence(InvariantReport report)
    {
        var broken = report
            .Invariants.Where(result => !result.Holds)
            .OrderByDescending(Halts)
            .Select(result => result.Id)
            .ToList();
        var first =
            broken
                .Select(id =>
                    report.Violations.FirstOrDefault(it => it.StartsWith($"{id}: ", StringComparison.Ordinal))
                )
                .FirstOrDefault(it => it is not null)
            ?? (
                report.Violations is [var any, ..]
                    ? any
                    : $"{string.Join(", ", broken)}: looked at nothing although there are books"
            );
        return report.ViolationCount > 1 ? $"{first}, and {report.ViolationCount - 1} more" : first;
    }

    private sealed record PastControls(Dictionary<long, Controls> Versions, DateTimeOffset ChangedAt);
}
