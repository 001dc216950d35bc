using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;
using Autopay.Application.Reconciling;
using Autopay.Application.Work;

namespace Autopay.Application.Stuck;

/// <summary>One thing that waits for a person, why, and since when.</summary>
/// <param name="AgeDays">Whole days since then.</param>
/// <param name="Actions">What a person can do about it.</param>
public sealed record StuckEntry(
    string Kind,
    string Id,
    string? Account,
    string Reason,
    DateOnly Since,
    int? AgeDays = null,
    IReadOnlyList<string>? Actions = null
)
{
    /// <summary>The debit whose money it is about.</summary>
    public string? Debit { get; init; }

    /// <summary>The money that it is about.</summary>
    public long? AmountCents { get; init; }
}

/// <summary>
/// Everything that waits for a person: reviews, unknown outcomes, flagged attempts, what is overdue, poison, parked
/// events, passed clear dates.
/// </summary>
public sealed class ReadStuck(
    ILedgerStore ledgers,
    IStuckStore stuck,
    IProviderEventStore events,
    LedgerWork accounts,
    ControlsWork controls,
    OverdueWork overdue,
    CityClock clock
)
{
    private const int RefundTakesDays = 10;

    /// <summary>A message that the sweep asks for anew needs nobody before several sweeps have failed too.</summary>
    private static readonly TimeSpan LateHint = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan LongCharge = TimeSpan.FromMinutes(30);

    /// <summary>
    /// What waits for finance and is no bill, as the work list has it, then what engineers look after.
    /// </summary>
    public async Task<IReadOnlyList<StuckEntry>> RunAsync(CancellationToken cancel)
    {
        WorkItem[] finance = [.. await controls.ReadAsync(cancel), .. await accounts.ReadAsync(cancel)];
        return [.. Aged(finance.Select(ViewOf).OfType<StuckEntry>()), .. await ReadEngineersAsync(cancel)];
    }

    /// <summary>The same of the city that was seen.</summary>
    public async Task<IReadOnlyList<StuckEntry>> RunAsync(SeenCity city, CancellationToken cancel)
    {
        WorkItem[] finance = [.. await controls.ReadAsync(city, cancel), .. await accounts.ReadAsync(city, cancel)];
        var late = await overdue.FindAsync(city.Looks, cancel);
        return
        [
            .. Aged(finance.Select(ViewOf).OfType<StuckEntry>()),
            .. await ListAsync(city.Watched, late, city.Items, cancel),
        ];
    }

    public async Task<IReadOnlyList<StuckEntry>> ReadEngineersAsync(CancellationToken cancel)
    {
        List<StuckEntry> found = [];
        foreach (var bucket in Bucket.All)
        {
            await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.Watched, cancel))
            {
                found.AddRange(page.SelectMany(entry => Of(entry.Ledger)));
            }
        }

        var late = await overdue.FindAsync(cancel);
        return await ListAsync(found, late, await stuck.ReadAllAsync(cancel).ToListAsync(cancel), cancel);
    }

    /// <summary>What of it was seen, and is late by what the buckets' schedules say.</summary>
    public async Task<IReadOnlyList<StuckEntry>> ReadEngineersAsync(SeenCity city, CancellationToken cancel) =>
        await ListAsync(city.Watched, await overdue.FindScheduledAsync(cancel), city.Items, cancel);

    /// <summary>What of the account's debits and refunds engineers look after; not aged yet.</summary>
    public IEnumerable<StuckEntry> Of(AccountLedger ledger) =>
        [
            .. ledger.Debits.Select(Of).OfType<StuckEntry>(),
            .. ledger.Debits.SelectMany(debit => debit.Refunds).Where(IsLate).Select(Of),
        ];

    private async Task<IReadOnlyList<StuckEntry>> ListAsync(
        IReadOnlyList<StuckEntry> watched,
        StuckEntry? late,
        IReadOnlyList<StuckItem> items,
        CancellationToken cancel
    )
    {
        List<StuckEntry> found = [.. watched, .. late is null ? Array.Empty<StuckEntry>() : [late]];
        foreach (
            var item in items.Where(item =>
                item.Kind != CollectPoisonMessages.HintKind || item.Since + LateHint <= clock.Now.Utc
            )
        )
        {
            found.Add(
                new StuckEntry(
                    item.Kind == CollectPoisonMessages.HintKind ? CollectPoisonMessages.Kind : item.Kind,
                    item.Id,
                    item.Kind == EvaluateBucket.StuckKind ? item.Content : null,
                    item.Reason,
                    clock.City.At(item.Since).Today
                )
            );
        }

        await foreach (var happened in events.ReadListedAsync(cancel))
        {
            found.Add(
                new StuckEntry(
                    $"event {happened.State}".ToLowerInvariant(),
                    happened.Id,
                    null,
                    happened.Note,
                    clock.City.At(happened.ReceivedAt).Today
                )
            );
        }

        return [.. Aged(found)];
    }

    private IEnumerable<StuckEntry> Aged(IEnumerable<StuckEntry> entries) =>
        entries.Select(entry =>
            entry with
            {
                AgeDays = clock.Now.Today.DayNumber - entry.Since.DayNumber,
                Actions = KindOfWork.OfStuck(entry.Kind)?.Actions ?? ["discard"],
            }
        );

    private static StuckEntry? ViewOf(WorkItem item) =>
        item.Kind switch
        {
            WorkKind.LateClear => new StuckEntry(FinanceKinds.LateClear.Stuck, item.Id, null, item.Reason, item.Since),
            WorkKind.StaleFeed => new StuckEntry(FinanceKinds.StaleFeed.Stuck, item.Id, null, item.Reason, item.Since),
            WorkKind.Review => new StuckEntry(
                FinanceKinds.Review.Stuck,
                item.Id,
                item.Account?.Value,
                item.Reason,
                item.Since
            ),
            WorkKind.NoNextBill => new StuckEntry(
                FinanceKinds.NoNextBill.Stuck,
                item.Debit!.Value.Value,
                item.Account?.Value,
                item.Reason,
                item.Since
            ),
            WorkKind.PaidTwice => OfMoney(FinanceKinds.PaidTwice.Stuck, item),
            WorkKind.Refund => OfMoney(FinanceKinds.Refund.Stuck, item),
            _ => null,
        };

    private static StuckEntry OfMoney(string kind, WorkItem item) =>
        new(kind, item.Id, item.Account?.Value, item.Reason, item.Since)
        {
            Debit = item.Debit?.Value,
            AmountCents = item.Cents?.Cents,
        };

    private StuckEntry? Of(Debit debit)
    {
        var account = debit.Id.Account.Value;
        return debit switch
        {
            { Discrepancy: { } found } => new StuckEntry(
                EngineerKinds.Flagged.Stuck,
                debit.Id.Value,
                account,
                found,
                DayOf(debit.Attempted.TouchedAt)
            ),
            { State: DebitState.Charging } when debit.Living.KeyAt + LongCharge < clock.Now.Utc => new StuckEntry(
                EngineerKinds.Charging.Stuck,
                debit.Id.Value,
                account,
                $"attempt {debit.Living.Number} is {debit.Living.Phase} and does not get on: {debit.Reason}",
                DayOf(debit.Living.KeyAt)
            ),
            { State: DebitState.Unknown } => new StuckEntry(
                EngineerKinds.Unknown.Stuck,
                debit.Id.Value,
                account,
                debit.Reason,
                DayOf(debit.Living.TouchedAt)
            ),
            { State: DebitState.Submitted } when debit.Living.AnswerBy <= clock.Now.Today => new StuckEntry(
                EngineerKinds.Overdue.Stuck,
                debit.Id.Value,
                account,
                "the bank has not answered",
                debit.Living.SubmissionDay
            ),
            _ => null,
        };
    }

    private bool IsLate(Refund refund) =>
        refund.IsOpen && refund.RequestedOn.AddDays(RefundTakesDays) < clock.Now.Today;

    private static StuckEntry Of(Refund refund) =>
        new(
            EngineerKinds.LateRefund.Stuck,
            $"{refund.Debit}:{refund.Number}",
            refund.Debit.Account.Value,
            $"{refund.Amount} is {refund.State} and not paid yet",
            refund.RequestedOn
        )
        {
            Debit = refund.Debit.Value,
            AmountCents = refund.Amount.Cents,
        };

    private DateOnly DayOf(DateTimeOffset instant) => clock.City.At(instant).Today;
}
