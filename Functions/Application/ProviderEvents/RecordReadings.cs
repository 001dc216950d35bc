using System.Diagnostics;
using Autopay.Application.Charging;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Reconciling;
using Autopay.Application.Telemetry;

namespace Autopay.Application.ProviderEvents;

/// <summary>An intent of ours as it was read, and the attempt that it names.</summary>
public sealed record IntentWork(string Cause, IntentReading Intent, DebitId Debit, int Attempt);

/// <summary>
/// Records what intents say in the ledgers of one bucket, in shared saves, and what follows from it at the provider.
/// </summary>
public sealed class RecordReadings(AccountBooks books, ProviderSteps steps, ProcessRefunds giveBack, IStuckStore stuck)
{
    /// <summary>
    /// What the bank took back although we had given it back: a loss, unless the customer pays again.
    /// </summary>
    public const string ReturnedAfterRefund = "came back twice";

    /// <returns>The intents that our books know.</returns>
    public async Task<IReadOnlySet<string>> RunAsync(
        Bucket bucket,
        IReadOnlyList<IntentWork> work,
        IReadOnlyDictionary<AccountId, LedgerEntry> entries,
        CancellationToken cancel
    )
    {
        List<Found> found = [];
        foreach (var item in work.OrderBy(item => item.Attempt))
        {
            found.AddRange(await FindAsync(entries[item.Debit.Account], item, cancel) is { } known ? [known] : []);
        }

        if (found.Count == 0)
        {
            return new HashSet<string>();
        }

        // A debit that left its ledger row after that was read took no word of its intent in: it is looked for again.
        var fresh = await WriteAsync(bucket, found, cancel);
        var moved = found.Where(it => it.HasLeft(fresh[it.Entry.Ledger.Id].Ledger)).ToList();
        return found
            .Except(moved)
            .Select(it => it.Work.Intent.IntentId)
            .Concat(moved.Count == 0 ? [] : await RunAsync(bucket, [.. moved.Select(it => it.Work)], fresh, cancel))
            .ToHashSet();
    }

    private async Task<Found?> FindAsync(LedgerEntry entry, IntentWork work, CancellationToken cancel)
    {
        if (entry.Ledger.Funds.Any(funds => funds.Id.Value == work.Intent.IntentId))
        {
            return new Found(entry, work, null, null);
        }

        var here = entry.Ledger.FindDebit(work.Debit);
        var archived = here is null
            ? (await books.Ledgers.ReadArchivedAsync(work.Debit.Account, cancel)).FirstOrDefault(it =>
                it.Id == work.Debit
            )
            : null;
        return (here ?? archived)?.Attempts.FirstOrDefault(it => it.Number == work.Attempt) is { } attempt
            ? new Found(entry, await ActAsync(here, attempt, work), here ?? archived, archived)
            : null;
    }

    // The confirm that asked for an action cancels it; recovery does when that worker died (R21).
    private async Task<IntentWork> ActAsync(Debit? debit, Attempt attempt, IntentWork work)
    {
        if (
            work.Intent.Status != IntentStatus.RequiresAction
            || debit?.LivingAttempt != attempt
            || attempt.IntentId != work.Intent.IntentId
        )
        {
            return work;
        }

        var outcome = await steps.RecoverAsync(attempt);
        return work with
        {
            Intent = outcome is { Step: ChargeStep.Read, Intent: { } read }
                ? read
                : work.Intent with
                {
                    Status = IntentStatus.Unknown,
                },
        };
    }

    /// <returns>The accounts as they are in the store after that.</returns>
    private async Task<IReadOnlyDictionary<AccountId, LedgerEntry>> WriteAsync(
        Bucket bucket,
        IReadOnlyList<Found> found,
        CancellationToken cancel
    )
    {
        var spans = Tracing.StartOfEach("settle debit", [.. found.Select(it => it.Debit)]);
        try
        {
            var accounts = found
                .Zip(spans)
                .GroupBy(it => it.First.Entry.Ledger.Id)
                .Select(account => new AccountWork(
                    account.First().First.Entry,
                    [.. account.Select(it => it.First.ToCommand(it.Second))]
                )
                {
                    Authority = books.Clock.Authority("provider", account.First().First.Work.Cause),
                })
                .ToList();
            var scope = new WriteScope(
                bucket,
                (await books.Controls.LoadRecentAsync(cancel)).Controls,
                accounts[0].Authority!
            );
            Dictionary<AccountId, LedgerEntry> fresh = [];
            foreach (var result in await books.Writer.WriteAsync(scope, accounts, cancel))
            {
                fresh[result.Entry.Ledger.Id] = result.Entry;
                await ListLossesAsync(result, cancel);
            }

            foreach (
                var it in found.Where(it =>
                    it.Debit is not null
                    && !it.HasLeft(fresh[it.Entry.Ledger.Id].Ledger)
                    && (it.Work.Intent.Refunded.IsPositive || it.Debit.Refunds.Count > 0)
                )
            )
            {
                await (
                    it.Archived is null
                        ? giveBack.ReadAsync(it.Entry.Ledger.Id, it.Debit!.Id, it.Work.Intent.IntentId, cancel)
                        : Task.CompletedTask
                );
                await ListUnseenAsync(it, cancel);
            }

            return fresh;
        }
        finally
        {
            spans.ToList().ForEach(span => span?.Dispose());
        }
    }

    private async Task ListLossesAsync(AccountResult result, CancellationToken cancel)
    {
        foreach (var lost in result.Events.OfType<ReturnReceived>().Where(e => e.Lost.IsPositive))
        {
            var reason =
                $"{lost.Lost} of debit {lost.Debit} came back ({lost.Code}) although it had been given back: no "
                + "bill shows it";
            await stuck.PutAsync(
                new StuckItem(
                    $"lost:{lost.Debit}",
                    ReturnedAfterRefund,
                    reason,
                    result.Entry.Ledger.Id.Value,
                    books.Clock.Now.Utc
                ),
                cancel
            );
        }
    }

    // What the books cannot take in: the debit has left its row, or its cents pay other bills by now. A comparison may
    // not meet so old an intent; what is asked for and not recorded here yet is no difference.
    private async Task ListUnseenAsync(Found it, CancellationToken cancel)
    {
        var ledger = (await books.Ledgers.LoadAsync(it.Entry.Ledger.Id, cancel))!.Ledger;
        var debit = it.Archived is { } archived ? ledger.WithLateReturns(archived) : ledger.FindDebit(it.Debit!.Id);
        if (
            debit is not null
            && (it.Archived is not null || it.Work.Intent.Refunded > debit.Refunded)
            && Reconciliation.Compare(ledger, debit, it.Work.Intent) is { Kind: DifferenceKind.RefundUnseen } difference
        )
        {
            await stuck.PutAsync(ReconcileAftermath.ItemOf([difference], books.Clock.Now.Utc), cancel);
        }
    }

    /// <param name="Debit">Null: after a restore the intent became money of the account.</param>
    /// <param name="Archived">The debit, where it left the ledger row long ago.</param>
    private sealed record Found(LedgerEntry Entry, IntentWork Work, Debit? Debit, Debit? Archived)
    {
        /// <summary>Since it was read here, the debit has left the ledger row.</summary>
        public bool HasLeft(AccountLedger fresh) =>
            Debit is not null && Archived is null && fresh.FindDebit(Debit.Id) is null;

        // Each belongs to its own debit's trace, although they are saved together.
        public Func<Moment, LedgerCommand> ToCommand(Activity? span) =>
            now => ToCommand(span is null ? now : now with { Trace = span.Id });

        private LedgerCommand ToCommand(Moment now) =>
            Debit is null
                ? new RecordRecovered(Work.Intent, now)
                : new RecordIntent(Debit.Id, Work.Attempt, Work.Intent, Archived, now);
    }
}
