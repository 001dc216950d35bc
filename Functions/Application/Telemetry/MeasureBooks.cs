using Autopay.Application.Backups;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Reconciling;
using Autopay.Application.Runs;
using Autopay.Application.Stuck;
using Autopay.Application.Work;

namespace Autopay.Application.Telemetry;

/// <summary>
/// Looks at everything once, bucket by bucket, for dashboards and alerts. Changes nothing but the sums by cycle, which
/// it counts on its way.
/// </summary>
public sealed class MeasureBooks(
    ILedgerStore ledgers,
    IQueueDepths queues,
    IHeartbeatStore heartbeats,
    SeeCity see,
    ReadStuck stuck,
    ReadWork work,
    ReadFindings findings,
    WatchReturns returns,
    IBackupCopies copies,
    CountCycles count,
    CityClock clock
)
{
    public Task<Books> RunAsync(CancellationToken cancel) => RunAsync(RunTurn.Whole, cancel);

    /// <param name="turn">Kept while it looks: what was measured of half a city says nothing.</param>
    public async Task<Books> RunAsync(RunTurn turn, CancellationToken cancel)
    {
        Tally tally = new();
        var rates = returns.NewTally();
        var pass = see.Begin();
        foreach (var bucket in Bucket.All)
        {
            await AddAsync(bucket, tally, rates, pass, cancel);
            await turn.RenewAsync(new RunProgress(bucket.Number + 1, Bucket.Count, "buckets"), cancel);
        }

        var beats = await heartbeats.ReadAsync(cancel);
        var depths = await queues.ReadAsync(cancel);
        var city = await see.EndAsync(pass, cancel);
        var current = city.Controls;
        return new Books
        {
            At = clock.Now.Utc,
            Halted = current.IsHalted,
            HaltedFor = HaltedFor(current),
            ReconcileBeforeChargeSince = current.ReconcileSince,
            States = tally.States,
            Worklist = await work.SumAsync(city, cancel),
            OldestUnknown = tally.OldestUnknown,
            WatchedSince = BeatOf(beats, WatchBooks.Begun),
            OldestDue = tally.OldestDue,
            Queues = depths,
            OldestMessages = await queues.ReadOldestAsync(
                [.. depths.Where(queue => queue.Value > 0).Select(queue => queue.Key)],
                cancel
            ),
            LastSweep = BeatOf(beats, RunSweep.Heartbeat),
            LastReconcile = BeatOf(beats, Reconcile.Kind),
            LastExport = BeatOf(beats, ExportBackup.Kind),
            BooksCopied = copies.IsOn ? BeatOf(beats, CopyBackup.Kind) : null,
            ControlsCopied = copies.IsOn ? BeatOf(beats, CopyControls.Kind) : null,
            Findings = await findings.RunAsync(city.Items, cancel),
            Returns = rates.Rates,
            Stuck = ByKind(await stuck.RunAsync(city, cancel)),
        };
    }

    // A kind of which nothing waits is told too: otherwise its last item would seem to wait on.
    private static Dictionary<string, int> ByKind(IReadOnlyList<StuckEntry> entries)
    {
        var counts = entries.CountBy(entry => entry.Kind).ToDictionary();
        foreach (var kind in KindOfWork.All.Select(kind => kind.Stuck).Where(name => name.Length > 0))
        {
            counts.TryAdd(kind, 0);
        }

        return counts;
    }

    private TimeSpan HaltedFor(Controls current) =>
        current.Halt is { } halt
            ? BankingTime.Between(halt.Since, clock.Now.Utc, clock.City, current.Policies.DueDateRunAt)
            : TimeSpan.Zero;

    private async Task AddAsync(Bucket bucket, Tally tally, ReturnTally rates, CityPass pass, CancellationToken cancel)
    {
        var (at, sums) = (clock.Now.Utc, new SumTally());
        var (work, watched) = (new WorkTally(), pass.Watched.Count);
        await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
        {
            pass.Add(bucket, page);
            tally.AddDue(page.Select(entry => entry.NextEvaluation).Where(look => look <= at).Min());
            foreach (var ledger in page.Select(entry => entry.Ledger))
            {
                tally.Add(ledger);
                sums.Add(ledger);
                work.Add(ledger);
                ledger.Debits.ToList().ForEach(rates.Add);
            }
        }

        var counted = new BucketSums(bucket, at, sums.Ledgers, sums.Cycles)
        {
            Work = work.Sums,
            Watched = pass.Watched.Count - watched,
        };
        pass.Add(counted);
        await count.KeepAsync(counted, cancel);
    }

    private static DateTimeOffset? BeatOf(IReadOnlyDictionary<string, DateTimeOffset> beats, string name) =>
        beats.TryGetValue(name, out var at) ? at : null;

    private sealed class Tally
    {
        private readonly Dictionary<DebitState, StateOfDebits> states = [];

        public IReadOnlyList<StateOfDebits> States => [.. states.Values.OrderBy(state => state.State)];

        public DateTimeOffset? OldestUnknown { get; private set; }

        public DateTimeOffset? OldestDue { get; private set; }

        public void AddDue(DateTimeOffset? look) => OldestDue = OldestDue < look ? OldestDue : look ?? OldestDue;

        public void Add(AccountLedger ledger)
        {
            foreach (var debit in ledger.Debits)
            {
                var sum = states.GetValueOrDefault(debit.State) ?? new StateOfDebits(debit.State, 0, 0, null);
                var oldest = sum.Oldest < debit.ScheduledOn ? sum.Oldest : debit.ScheduledOn;
                states[debit.State] = sum with
                {
                    Debits = sum.Debits + 1,
                    OpenCents = sum.OpenCents + ledger.OpenOn(debit).Cents,
                    Oldest = oldest,
                };
                if (
                    debit is { State: DebitState.Unknown, LivingAttempt.TouchedAt: var touched }
                    && !(OldestUnknown <= touched)
                )
                {
                    OldestUnknown = touched;
                }
            }
        }
    }
}
