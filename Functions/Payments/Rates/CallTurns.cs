namespace Autopay.Payments.Rates;

/// <summary>
/// Who may call Stripe next, of the calls of this instance: people's in order of arrival, then bulk, of which the work
/// that began first goes first. A call takes a token of its endpoint and one of those for all endpoints.
/// </summary>
internal sealed class CallTurns : IDisposable
{
    private const int MostWaiting = 10_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, RatePool> pools = new(StringComparer.Ordinal);
    private readonly WaitingCalls people = new();
    private readonly WaitingCalls bulk = new();
    private readonly RateLimits limits;
    private readonly TimeProvider time;
    private readonly long started;
    private readonly ITimer timer;
    private TimeSpan? leasedUntil;
    private TimeSpan measuredAt;
    private long arrivals;

    /// <param name="isShared">The tokens come by leases; else this instance has its static share for good.</param>
    public CallTurns(RateLimits limits, TimeProvider time, bool isShared)
    {
        (this.limits, this.time, started) = (limits, time, time.GetTimestamp());
        timer = time.CreateTimer(_ => Go(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        leasedUntil = isShared ? -RateTerms.Fallback : null;
    }

    /// <summary>Called when a call has to wait, and more tokens than are held may be had at once.</summary>
    public Action OnWant { get; init; } = () => { };

    /// <summary>The others want the rest: to ask soon brings nothing.</summary>
    public bool IsRationed { get; set; }

    public TimeSpan Now => time.GetElapsedTime(started);

    /// <param name="bulkWork">The number of the bulk work that calls; null of people.</param>
    /// <returns>False: more calls wait than the rate allows, or there is no share and none to be had.</returns>
    /// <exception cref="OperationCanceledException">The turn was given up.</exception>
    public async Task<bool> WaitAsync(string endpoint, long? bulkWork, CancellationToken cancel)
    {
        var call = Enter(endpoint, bulkWork);
        if (call is null)
        {
            return false;
        }

        await using var givenUp = cancel.Register(() => call.TrySetCanceled(cancel));
        return await call.Task;
    }

    /// <summary>The same without waiting for it; null: more wait than may.</summary>
    public WaitingCall? Enter(string endpoint, long? bulkWork)
    {
        var call = new WaitingCall(endpoint, (bulkWork ?? 0, Interlocked.Increment(ref arrivals)));
        bool isShort;
        lock (gate)
        {
            var lane = bulkWork is null ? people : bulk;
            if (lane.Count >= MostWaiting)
            {
                return null;
            }

            Pool(endpoint);
            lane.Add(call);
            Pump();
            isShort = !call.Task.IsCompleted && (IsShort(endpoint) || IsShort(RateLimits.All));
        }

        if (isShort)
        {
            OnWant();
        }

        return call;
    }

    /// <summary>What is held and wanted of each pool, and the measurement begins anew.</summary>
    public IReadOnlyDictionary<string, RateClaim> Measure()
    {
        lock (gate)
        {
            EndLease();
            var span = Now - measuredAt;
            measuredAt = Now;
            var claims = pools
                .Where(pool => pool.Key != RateLimits.All)
                .ToDictionary(
                    pool => pool.Key,
                    pool => new RateClaim(pool.Value.Tokens.Count, pool.Value.Wanted(Now, span)),
                    StringComparer.Ordinal
                );
            claims[RateLimits.All] = new RateClaim(
                Pool(RateLimits.All).Tokens.Count,
                Math.Min(limits.InAll, claims.Values.Sum(claim => claim.Wanted))
            );
            foreach (var (name, pool) in pools)
            {
                pool.Measure(WaitingFor(name));
            }

            return claims;
        }
    }

    /// <summary>Before the row says so: from now on this instance uses no more than this.</summary>
    public void ShrinkTo(IReadOnlyDictionary<string, RateClaim> claims)
    {
        lock (gate)
        {
            foreach (var (name, claim) in claims)
            {
                Pool(name).Tokens.ShrinkTo(claim.Held, Now);
            }
        }
    }

    /// <summary>After the row says so.</summary>
    /// <param name="from">From when on the new tokens may be used.</param>
    public void Lease(IReadOnlyDictionary<string, RateClaim> claims, TimeSpan from, TimeSpan until)
    {
        lock (gate)
        {
            EndLease();
            leasedUntil = until;
            foreach (var (name, claim) in claims)
            {
                Pool(name).Tokens.GrowTo(claim.Held, from);
            }

            Pump();
        }
    }

    /// <summary>Where nothing is held and the row cannot be reached, nobody waits for it.</summary>
    public void TurnAwayTheStuck()
    {
        lock (gate)
        {
            EndLease();
            if (Pool(RateLimits.All).Tokens.Count == 0)
            {
                people.TurnAway();
                bulk.TurnAway();
            }
        }
    }

    public void Dispose() => timer.Dispose();

    private void Go()
    {
        lock (gate)
        {
            Pump();
        }
    }

    private void Pump()
    {
        EndLease();
        while (Next(people) || Next(bulk)) { }

        foreach (var (name, pool) in pools)
        {
            pool.Saw(WaitingFor(name), Now);
        }

        if (people.First.Concat(bulk.First).Select(LeavesAt).Min() is { } next)
        {
            var wait = next - Now;
            timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private bool Next(WaitingCalls lane)
    {
        var (now, all) = (Now, Pool(RateLimits.All));
        if (
            !all.Tokens.MayLeave(now)
            || lane.First.FirstOrDefault(call => Pool(call.Endpoint).Tokens.MayLeave(now)) is not { } call
        )
        {
            return false;
        }

        if (lane.Take(call))
        {
            all.Use(now);
            Pool(call.Endpoint).Use(now);
        }

        return true;
    }

    private TimeSpan? LeavesAt(WaitingCall call)
    {
        var (all, own) = (Pool(RateLimits.All).Tokens, Pool(call.Endpoint).Tokens);
        return all.Count == 0 || own.Count == 0 ? null
            : all.NextAt > own.NextAt ? all.NextAt
            : own.NextAt;
    }

    // Nothing is held, or more wait than leave in a second.
    private bool IsShort(string pool) =>
        Pool(pool).Tokens.Count is var held
        && (held == 0 || (!IsRationed && held < limits.Tokens(pool) && held < WaitingFor(pool)));

    private int WaitingFor(string pool) =>
        pool == RateLimits.All ? people.Count + bulk.Count : people.CountOf(pool) + bulk.CountOf(pool);

    // After its lease an instance keeps, of what it held, its static share, which the others leave to it for as long.
    private void EndLease()
    {
        if (leasedUntil is not { } until || Now < until)
        {
            return;
        }

        foreach (var (name, pool) in pools)
        {
            pool.Tokens.ShrinkTo(Now < until + RateTerms.Fallback ? limits.StaticShare(name) : 0, Now);
        }
    }

    private RatePool Pool(string name)
    {
        if (!pools.TryGetValue(name, out var pool))
        {
            pools[name] = pool = new RatePool(limits.Tokens(name));
            if (leasedUntil is null)
            {
                pool.Tokens.GrowTo(limits.StaticShare(name), TimeSpan.Zero);
            }
        }

        return pool;
    }
}
