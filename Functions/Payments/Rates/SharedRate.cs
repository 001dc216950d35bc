using Autopay.Application.Ports.Provider;

namespace Autopay.Payments.Rates;

/// <summary>
/// Keeps the tokens of this instance leased while it has calls, and gives them back when it has none. A look at the row
/// every two seconds is all that it costs, whatever the rate is; an idle instance costs nothing.
/// </summary>
internal sealed class SharedRate : IAsyncDisposable
{
    private const int Tries = 6;
    private readonly ISharedRateStore store;
    private readonly TimeProvider time;
    private readonly RateNegotiation negotiation;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private (RateRow Row, string? Tag, TimeSpan FreeFrom)? known;
    private TimeSpan lookedAt = -RateTerms.Look;
    private TimeSpan writtenAt = -RateTerms.Renew;
    private Task looking = Task.CompletedTask;
    private bool isAtWork;
    private bool isWanted;

    /// <param name="instance">Another one for each start of a process.</param>
    public SharedRate(RateLimits limits, ISharedRateStore store, TimeProvider time, string instance)
    {
        (this.store, this.time) = (store, time);
        negotiation = new RateNegotiation(instance, limits);
        Turns = new CallTurns(limits, time, isShared: true) { OnWant = LookSoon };
        timer = time.CreateTimer(_ => StartLook(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CallTurns Turns { get; }

    /// <summary>What is held goes to the others at once, where the storage answers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return; // Two services are this one, and whoever made them ends each.
        }

        await stopping.CancelAsync();
        await timer.DisposeAsync();
        await looking;
        try
        {
            await ReturnAllAsync();
        }
        catch (Exception)
        {
            // It lapses.
        }

        stopping.Dispose();
        Turns.Dispose();
    }

    private async Task ReturnAllAsync()
    {
        var nothing = Turns.Measure().ToDictionary(claim => claim.Key, _ => new RateClaim(0, 0));
        Turns.ShrinkTo(nothing);
        using var patience = new CancellationTokenSource(RateTerms.Patience, time);
        for (var tries = 0; tries < Tries && writtenAt >= TimeSpan.Zero; tries++)
        {
            var row = await ReadAsync(patience.Token);
            var plan = negotiation.Plan(row.Row, nothing, Turns.Now);
            if (!plan.IsNews || await store.TryWriteAsync(plan.Row.ToText(), row.Tag, patience.Token) is not null)
            {
                return;
            }
        }
    }

    // Not more often than every second, whoever waits.
    private void LookSoon()
    {
        lock (gate)
        {
            isWanted = true;
            if (!isAtWork)
            {
                Schedule(lookedAt + RateTerms.Hurry - Turns.Now);
            }
        }
    }

    private void Schedule(TimeSpan wait) =>
        timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    private void StartLook()
    {
        lock (gate)
        {
            if (!isAtWork && !stopping.IsCancellationRequested)
            {
                (isAtWork, isWanted) = (true, false);
                looking = LookAsync();
            }
        }
    }

    private async Task LookAsync()
    {
        RatePlan? plan = null;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            using var end = time.CreateTimer(
                _ => patience.Cancel(),
                null,
                RateTerms.Patience,
                Timeout.InfiniteTimeSpan
            );
            plan = await AgreeAsync(patience.Token);
        }
        catch (Exception)
        {
            // Whatever it is, the row could not be reached: the lease runs out, the static share follows.
            known = null;
            Turns.TurnAwayTheStuck();
        }

        Turns.IsRationed = plan is null || plan.Mine.Values.Any(claim => claim.Held < claim.Wanted);
        lock (gate)
        {
            (isAtWork, lookedAt) = (false, Turns.Now);
            if ((isWanted || plan is not { HoldsNothing: true }) && !stopping.IsCancellationRequested)
            {
                Schedule(plan is { IsStarved: false } && !isWanted ? RateTerms.Look : RateTerms.Hurry);
            }
        }
    }

    private async Task<RatePlan> AgreeAsync(CancellationToken cancel)
    {
        var mine = Turns.Measure();
        for (var tries = 1; ; tries++)
        {
            var (row, tag, freeFrom) = known ?? await ReadAsync(cancel);
            var plan = negotiation.Plan(row, mine, Turns.Now);
            var isAlone = plan.Row.Entries.Count <= 1;
            if (!plan.IsNews && !isAlone && Turns.Now - writtenAt < RateTerms.Renew)
            {
                known = null;
                return plan;
            }

            var sent = Turns.Now;
            Turns.ShrinkTo(plan.Mine);
            if (await store.TryWriteAsync(plan.Row.ToText(), tag, cancel) is { } written)
            {
                writtenAt = sent;
                Turns.Lease(plan.Mine, freeFrom, sent + RateTerms.Lease);
                known = isAlone ? (plan.Row, written, Turns.Now + RateTerms.Rest) : null;
                return plan;
            }

            known = null;
            if (tries == Tries)
            {
                return plan with { IsStarved = true };
            }

            mine = mine.ToDictionary(
                pool => pool.Key,
                pool => pool.Value with { Held = Math.Min(pool.Value.Held, plan.Mine[pool.Key].Held) }
            );
        }
    }

    // What is free was used last before it was written there, and unchanged time counts for its rest.
    private async Task<(RateRow Row, string? Tag, TimeSpan FreeFrom)> ReadAsync(CancellationToken cancel)
    {
        var found = await store.ReadAsync(cancel);
        var (row, now) = (RateRow.Parse(found.Text), Turns.Now);
        negotiation.Watch(row, now);
        var rest = RateTerms.Rest - (found.Unchanged < RateTerms.Rest ? found.Unchanged : RateTerms.Rest);
        return (row, found.Tag, now + rest);
    }
}
