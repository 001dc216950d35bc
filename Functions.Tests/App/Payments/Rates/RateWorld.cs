using Autopay.Application.Ports.Provider;
using Autopay.Payments.Rates;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Payments.Rates;

/// <summary>
/// Instances with clocks of their own, one row that takes some milliseconds to answer, and a provider that notes when
/// each call leaves. Time moves a millisecond at a step; nothing runs beside it.
/// </summary>
internal sealed class RateWorld : IDisposable
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);
    private readonly SynchronizationContext? before = SynchronizationContext.Current;
    private readonly List<RateInstance> instances = [];

    private readonly long started;

    public RateWorld()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        started = Time.GetTimestamp();
    }

    public FakeTimeProvider Time { get; } = new();

    public SlowRow Row => field ??= new SlowRow(Time);

    public List<(TimeSpan At, string Endpoint, string Instance)> Left { get; } = [];

    public IReadOnlyList<RateInstance> Instances => instances;

    public TimeSpan Now => Time.GetElapsedTime(started);

    public RateInstance Start(RateLimits limits, TimeSpan skew = default, double drift = 0)
    {
        var instance = new RateInstance(this, limits, $"i{instances.Count}", new OwnClock(Time, skew, drift));
        instances.Add(instance);
        return instance;
    }

    public void Run(TimeSpan span)
    {
        for (var end = Now + span; Now < end; )
        {
            Time.Advance(Step);
            instances.ForEach(instance => instance.Note());
        }
    }

    /// <summary>The most calls that any second saw, where it may begin whenever.</summary>
    public int MostInASecond(string? endpoint = null) => MostIn(TimeSpan.FromSeconds(1), endpoint);

    public int MostIn(TimeSpan span, string? endpoint = null)
    {
        var times = Left.Where(call => endpoint is null || call.Endpoint == endpoint).Select(call => call.At).ToList();
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= span)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    /// <summary>What left in that time, of what may leave in it.</summary>
    public double UsedShare(double perSecond, TimeSpan from, TimeSpan to) =>
        Left.Count(call => call.At >= from && call.At < to) / (perSecond * (to - from).TotalSeconds);

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(before);
}

/// <summary>An instance of the app, with as many calls as are wanted of it at each endpoint.</summary>
internal sealed class RateInstance
{
    private readonly RateWorld world;
    private readonly string name;
    private readonly List<(WaitingCall Call, bool IsBulk)> waiting = [];
    private readonly Dictionary<string, int> kept = new(StringComparer.Ordinal);
    private readonly List<PageOfDebits> pages = [];
    private bool isDead;

    public RateInstance(RateWorld world, RateLimits limits, string name, TimeProvider time)
    {
        (this.world, this.name) = (world, name);
        Row = new RowOf(world.Row);
        Rate = new SharedRate(limits, Row, time, name);
    }

    public SharedRate Rate { get; }

    public string Name => name;

    public RowOf Row { get; }

    public int TurnedAway { get; private set; }

    /// <summary>So many bulk calls wait at each of these endpoints from now on, always.</summary>
    public void Work(int calls, params string[] endpoints)
    {
        kept.Clear();
        foreach (var endpoint in endpoints)
        {
            kept[endpoint] = calls;
        }

        Note();
    }

    /// <summary>Calls of people, once.</summary>
    public void Ask(string endpoint, int calls = 1)
    {
        for (var call = 0; call < calls; call++)
        {
            Enter(endpoint, bulkWork: null);
        }
    }

    /// <summary>Pages of debits that begin together: each creates all of its intents, then confirms them.</summary>
    public void Release(int count, int debits) =>
        pages.AddRange(Enumerable.Range(1, count).Select(number => new PageOfDebits(world, this, number, debits)));

    /// <summary>It ends without a word: nothing of it runs any more.</summary>
    public void Die()
    {
        (isDead, Row.IsAway) = (true, true);
        waiting.Clear();
        kept.Clear();
    }

    public int Waiting(bool isBulk) => waiting.Count(call => call.IsBulk == isBulk);

    public void Note()
    {
        if (isDead)
        {
            return;
        }

        foreach (var (call, _) in waiting.Where(call => call.Call.Task.IsCompleted))
        {
            if (call.Task.Result)
            {
                world.Left.Add((world.Now, call.Endpoint, name));
            }
            else
            {
                TurnedAway++;
            }
        }

        waiting.RemoveAll(call => call.Call.Task.IsCompleted);
        pages.ForEach(page => page.GoOn());
        foreach (var (endpoint, calls) in kept)
        {
            for (var had = waiting.Count(call => call.IsBulk && call.Call.Endpoint == endpoint); had < calls; had++)
            {
                Enter(endpoint, bulkWork: 1);
            }
        }
    }

    public void End()
    {
        isDead = true;
        for (var ended = Rate.DisposeAsync().AsTask(); !ended.IsCompleted; )
        {
            world.Time.Advance(RateWorld.Step);
        }
    }

    private void Enter(string endpoint, long? bulkWork) =>
        waiting.Add(
            (Rate.Turns.Enter(endpoint, bulkWork) ?? throw new InvalidOperationException("full"), bulkWork is not null)
        );
}

/// <summary>A clock that is wrong by so much, and runs faster by so much.</summary>
internal sealed class OwnClock(FakeTimeProvider world, TimeSpan skew, double drift) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + skew;

    public override long GetTimestamp() => (long)(world.GetElapsedTime(0).Ticks * (1 + drift)) + skew.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new OwnTimer(world.CreateTimer(callback, state, Slow(dueTime), period), Slow);

    private TimeSpan Slow(TimeSpan due) => due > TimeSpan.Zero ? due / (1 + drift) : due;

    private sealed class OwnTimer(ITimer timer, Func<TimeSpan, TimeSpan> slow) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(slow(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

/// <summary>The row, with the storage's own idea of time, and of how many requests came.</summary>
internal sealed class SlowRow(FakeTimeProvider time) : ISharedRateStore
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(15);
    private (string Text, string? Tag, TimeSpan At) row = ("", null, TimeSpan.Zero);
    private int version;

    public int Requests { get; private set; }

    public string Text => row.Text;

    public void Put(string text) => row = (text, $"{++version}", time.GetElapsedTime(0));

    public async Task<SharedRateText> ReadAsync(CancellationToken cancel)
    {
        Requests++;
        await Task.Delay(Latency, time, cancel);
        var unchanged = row.Tag is null ? TimeSpan.MaxValue : time.GetElapsedTime(0) - row.At;
        var found = new SharedRateText(row.Text, row.Tag, unchanged);
        await Task.Delay(Latency, time, cancel);
        return found;
    }

    public async Task<string?> TryWriteAsync(string text, string? tag, CancellationToken cancel)
    {
        Requests++;
        await Task.Delay(Latency, time, cancel);
        var fits = row.Tag == tag;
        if (fits)
        {
            Put(text);
        }

        var written = row.Tag;
        await Task.Delay(Latency, time, cancel);
        return fits ? written : null;
    }
}

/// <summary>The way of one instance to the row.</summary>
internal sealed class RowOf(ISharedRateStore row) : ISharedRateStore
{
    public bool IsAway { get; set; }

    /// <summary>What is written arrives, and the answer is lost.</summary>
    public bool LosesAnswers { get; set; }

    public Task<SharedRateText> ReadAsync(CancellationToken cancel) =>
        IsAway ? throw new HttpRequestException("away") : row.ReadAsync(cancel);

    public async Task<string?> TryWriteAsync(string text, string? tag, CancellationToken cancel)
    {
        if (IsAway)
        {
            throw new HttpRequestException("away");
        }

        var written = await row.TryWriteAsync(text, tag, cancel);
        return LosesAnswers ? throw new HttpRequestException("lost") : written;
    }
}
