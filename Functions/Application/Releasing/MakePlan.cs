using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Releasing;

/// <summary>
/// Makes the plan of a release: every account of the cycle is evaluated and nothing is saved of it but the plan. It
/// goes bucket by bucket and may be cut anywhere: what is planned is not planned again.
/// </summary>
public sealed class MakePlan(
    IReleaseStore store,
    IControlsStore controlsStore,
    PlanBucket bucketPlan,
    ChangeControls change,
    IWorkQueue queue
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
        await queue.TryEnqueueAsync(new RunMessage(ReleaseId: added.Plan.Id), cancel);
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
                await queue.TryEnqueueAsync(new RunMessage(ReleaseId: plan.Id), cancel);
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
            .ToDictionaryAsync(lines => lines.Bucket.Number, cancellationToken: cancel);
        var last = await ReadLastAsync(entry.Plan, controls, cancel);
        foreach (var bucket in Bucket.All.Where(bucket => !known.ContainsKey(bucket.Number)))
        {
            known[bucket.Number] = await bucketPlan.RunAsync(entry.Plan, bucket, controls, last, cancel);
        }

        await EndAsync(entry, known.Values, cancel);
    }

    // The record first, once, however often this is cut: what everybody can look at is on it.
    private async Task EndAsync(PlanEntry entry, IReadOnlyCollection<BucketLines> buckets, CancellationToken cancel)
    {
        var plan = entry.Plan with
        {
            State = PlanState.Draft,
            Totals = PlanTotals.Of([.. buckets.SelectMany(bucket => bucket.Lines)]),
            AsOf = buckets.Max(bucket => bucket.CheckedAt),
        };
        await change.RunAsync(
            new PlanMade(plan.Id, plan.Cycle, plan.Made.At, plan.Totals),
            new ChangeRequest(plan.Made with { At = plan.AsOf.Value })
            {
                Operation = new ChangeOperation($"plan-{plan.Id}", plan.Id),
            },
            cancel
        );
        await store.TrySaveAsync(entry, plan, cancel);
    }

    private async Task<Dictionary<DebitId, Money>?> ReadLastAsync(
        ReleasePlan plan,
        Controls controls,
        CancellationToken cancel
    )
    {
        if (plan.Last is null || await store.FindAsync(plan.Last, cancel) is not { Plan: var last })
        {
            return null;
        }

        var lines = await store
            .ReadLinesAsync(last.Id, cancel)
            .SelectMany(bucket => bucket.Lines.ToAsyncEnumerable())
            .ToListAsync(cancel);
        return PlanComparison.ToCompareWith(lines, controls.HeldAt(plan.Cycle) > last.Made.At);
    }
}
