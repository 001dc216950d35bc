namespace Autopay.Benchmarks.Million;

/// <summary>
/// Time that jumps to the next event as soon as nobody computes any more. Work that waits for a request, a timer or a
/// turn costs no real time; what it computes in between takes no virtual time.
/// </summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private const int MostTries = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly Lock gate = new();
    private readonly PriorityQueue<Action, (long Ticks, long Order)> events = new();
    private long now;
    private long order;
    private int idle;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Passed => TimeSpan.FromTicks(Volatile.Read(ref now));

    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime() + Passed;

    public override long GetTimestamp() => Volatile.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public Task WaitAsync(TimeSpan time)
    {
        // Its continuations run on the thread that moves the time, which waits for them.
        var done = new TaskCompletionSource();
        At(time, () => done.TrySetResult());
        return done.Task;
    }

    /// <summary>Nothing happens before; what was to come by then comes at once.</summary>
    public void MoveTo(DateTimeOffset instant) => Volatile.Write(ref now, Math.Max(now, (instant - start).Ticks));

    /// <summary>Moves on until the work has ended.</summary>
    public void Run(Func<Task> work)
    {
        Exception? failure = null;
        idle = Busy();
        var mover = new Thread(() =>
        {
            try
            {
                Move(work());
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        });
        mover.Start();
        mover.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException($"After {Passed}: {failure.Message}", failure);
        }
    }

    private void Move(Task work)
    {
        for (AwaitQuiet(); !work.IsCompleted; AwaitQuiet())
        {
            if (!TryTake(out var next) && (work.IsCompleted || !TryTakeLater(work, out next)))
            {
                continue;
            }

            next();
        }

        work.GetAwaiter().GetResult();
    }

    private bool TryTake(out Action next)
    {
        lock (gate)
        {
            var isThere = events.TryDequeue(out next!, out var at);
            Volatile.Write(ref now, isThere ? Math.Max(now, at.Ticks) : now);
            return isThere;
        }
    }

    // Somebody may compute whom the count of busy threads does not show.
    private bool TryTakeLater(Task work, out Action next)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            SpinWait.SpinUntil(() => work.IsCompleted || events.Count > 0, Pause);
            AwaitQuiet();
            if (TryTake(out next))
            {
                return true;
            }

            if (work.IsCompleted)
            {
                return false;
            }
        }

        throw new InvalidOperationException("Everybody waits, and nothing will happen.");
    }

    // Nothing waits for a thread, and no thread computes but those that always do: others, of whoever started this.
    private void AwaitQuiet()
    {
        for (var busy = Busy(); ThreadPool.PendingWorkItemCount > 0 || busy > idle; busy = Busy())
        {
            Thread.Yield();
        }

        idle = Math.Min(idle, Busy());
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free;
    }

    private void At(TimeSpan due, Action happens)
    {
        lock (gate)
        {
            events.Enqueue(happens, (now + Math.Max(0, due.Ticks), ++order));
        }
    }

    private sealed class VirtualTimer(VirtualTime time, Action callback) : ITimer
    {
        private int setting;
        private TimeSpan every;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var mine = Interlocked.Increment(ref setting);
            every = period;
            if (dueTime >= TimeSpan.Zero)
            {
                time.At(dueTime, () => Fire(mine));
            }

            return true;
        }

        public void Dispose() => Interlocked.Increment(ref setting);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int mine)
        {
            if (mine != Volatile.Read(ref setting))
            {
                return;
            }

            if (every > TimeSpan.Zero)
            {
                time.At(every, () => Fire(mine));
            }

            callback();
        }
    }
}
