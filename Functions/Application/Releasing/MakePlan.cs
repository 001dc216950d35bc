using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Releasing;

/// <summary>How releases are planned.</summary>
public sealed record ReleaseOptions
{
    [Setting("a planned debit of more than this times the account's average bill is flagged; 0 is never")]
    [System.ComponentModel.DataAnnotations.Range(0, 100)]
    public int UnusualTimes { get; init; } = 3;

    [Setting(
        "of the planned debits that turn out to be more than approved; more than these stop the release (I25)",
        Unit = "percent"
    )]
    [System.ComponentModel.DataAnnotations.Range(0, 100)]
    public int ReleaseDriftPercent { get; init; } = 10;
}

/// <summary>
/// Makes the plan of a release: every account of the cycle is evaluated and nothing is saved of it but the plan. It
/// goes bucket by bucket and may be cut anywhere: what is planned is not planned again.
/// </summary>
public sealed class MakePlan(
    IReleaseStore store,
    IControlsStore controlsStore,
    ILedgerStore ledgers,
    IWorkQueue queue,
    CityClock clock,
    ReleaseOptions options
)
{
    private const int MostReminded = 20;

    /// <summary>Asks for a plan; a message makes it.</summary>
    /// <exception cref="RefusedException">The cycle is not cleared.</exception>
    public Task<ReleasePlan> AskAsync(CycleNumber cycle, Authority authority, CancellationToken cancel) =>
        AskAsync(cycle, new ChangeRequest(authority), cancel);

    /// <summary>The same; under the same operation it is the plan that there is.</summary>
    /// <exception cref="RefusedException">The cycle is not cleared.</exception>
    public async Task<ReleasePlan> AskAsync(CycleNumber cycle, ChangeRequest request, CancellationToken cancel)
    {
        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        if (controls.WhyNotReleased(cycle) is { } why)
        {
            throw new RefusedException(why);
        }

        var operation = request.Operation?.Content;
        if (operation is not null && await FindAsync(operation, cancel) is { } same)
        {
            return same;
        }

        var last = await store
            .ReadNewestAsync(cancel)
            .FirstOrDefaultAsync(plan => plan.Cycle == cycle && plan.State != PlanState.Planning, cancel);
        var added = await store.AddAsync(
            id => new ReleasePlan(id, cycle, PlanState.Planning, request.Authority)
            {
                Last = last?.Id,
                ClearedAt = controls.ClearedAt(cycle),
                Operation = operation,
            },
            cancel
        );

        // Only a hint: the sweep asks again for what is not made.
        await queue.TryEnqueueAsync(new PlanMessage(added.Plan.Id), cancel);
        return added.Plan;
    }

    private ValueTask<ReleasePlan?> FindAsync(string operation, CancellationToken cancel) =>
        store
            .ReadNewestAsync(cancel)
            .Take(MostReminded)
            .FirstOrDefaultAsync(plan => plan.Operation == operation, cancel);

    /// <summary>A lost message leaves a plan unmade: it is asked for again.</summary>
    public async Task RemindAsync(CancellationToken cancel)
    {
        await foreach (var plan in store.ReadNewestAsync(cancel).Take(MostReminded).WithCancellation(cancel))
        {
            if (plan.State == PlanState.Planning)
            {
                await queue.TryEnqueueAsync(new PlanMessage(plan.Id), cancel);
            }
        }
    }

    /// <summary>Goes on with the plan until it is made.</summary>
    public async Task RunAsync(string id, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { Plan.State: PlanState.Planning } entry)
        {
            return;
        }

        var controls = (await controlsStore.LoadAsync(cancel)).Controls;
        var known = await store
            .ReadLinesAsync(id, cancel)
            .ToDictionaryAsync(lines => lines.Bucket.Number, lines => lines.Lines, cancellationToken: cancel);
        var last = await ReadLastAsync(entry.Plan, cancel);
        foreach (var bucket in Bucket.All.Where(bucket => !known.ContainsKey(bucket.Number)))
        {
            known[bucket.Number] = await PlanAsync(entry.Plan, bucket, controls, last, cancel);
        }

        await store.TrySaveAsync(
            entry,
            entry.Plan with
            {
                State = PlanState.Draft,
                Totals = PlanTotals.Of([.. known.Values.SelectMany(lines => lines)]),
                AsOf = clock.Now.Utc,
            },
            cancel
        );
    }

    private async Task<IReadOnlyList<PlanLine>> PlanAsync(
        ReleasePlan plan,
        Bucket bucket,
        Controls controls,
        Dictionary<DebitId, Money>? last,
        CancellationToken cancel
    )
    {
        var clearedOn = clock.City.At(plan.ClearedAt ?? DateTimeOffset.MinValue.AddDays(1)).Today;
        List<PlanLine> lines = [];
        await foreach (var page in ledgers.ScanAsync(bucket, LedgerFilter.All, cancel))
        {
            lines.AddRange(
                page.SelectMany(entry =>
                    ReleasePlanner
                        .LinesOf(entry.Ledger, controls, plan.Cycle, clock.Now, clearedOn, options.UnusualTimes)
                        .Select(line => ReleasePlanner.Compare(line, last))
                )
            );
        }

        // Two messages may plan at once: the lines that are there first are the plan's.
        return await store.TrySaveLinesAsync(new BucketLines(plan.Id, bucket, lines, clock.Now.Utc, null), cancel)
            ? lines
            : (await store.FindLinesAsync(plan.Id, bucket, cancel))?.Lines
                ?? throw new InvalidOperationException($"The lines of bucket {bucket} in plan {plan.Id} are gone.");
    }

    private async Task<Dictionary<DebitId, Money>?> ReadLastAsync(ReleasePlan plan, CancellationToken cancel) =>
        plan.Last is null
            ? null
            : await store
                .ReadLinesAsync(plan.Last, cancel)
                .SelectMany(bucket => bucket.Lines.ToAsyncEnumerable())
                .ToDictionaryAsync(line => line.Debit, line => line.ToBank, cancellationToken: cancel);
}
